/**
 * Hands the drawn picture to the browser as a PNG file of its own width and height.
 * @throws Error when the browser cannot draw it, as where it has no memory for it
 */
export async function savePicture(picture: SVGSVGElement, fileName: string): Promise<void> {
  const width = picture.width.baseVal.value
  const height = picture.height.baseVal.value
  const image = new Image(width, height)
  const text = new XMLSerializer().serializeToString(picture)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('The browser has no canvas to draw on.')
  pen.drawImage(image, 0, 0, width, height)
  const link = document.createElement('a')
  link.href = canvas.toDataURL('image/png')
  link.download = fileName
  link.click()
}
