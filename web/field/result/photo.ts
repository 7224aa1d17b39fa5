const MOST_PIXELS = 1600
const MOST_BYTES = 400_000
/** Tried in turn until the picture is small enough; the last one counts whatever it comes to. */
const STEPS = [
  { size: MOST_PIXELS, quality: 0.82 },
  { size: MOST_PIXELS, quality: 0.65 },
  { size: 1280, quality: 0.6 },
  { size: 1024, quality: 0.5 },
] as const

/**
 * A photo made small on the phone: a JPEG of at most 1600 pixels a side and 400 kB, upright, without
 * what the camera wrote into it (place, device). Undefined for a file that is no picture.
 */
export async function smallJpeg(file: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const picture = await pictureOf(file)
  if (!picture) return undefined
  try {
    let jpeg: Blob | undefined
    for (const { size, quality } of STEPS) {
      jpeg = await drawn(picture, size, quality)
      if (jpeg.size <= MOST_BYTES) break
    }
    return jpeg && new Uint8Array(await jpeg.arrayBuffer())
  } finally {
    picture.close()
  }
}

async function pictureOf(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file)
  } catch (error) {
    if (error instanceof DOMException) return undefined // no picture, or of a kind nobody here reads
    throw error
  }
}

function drawn(picture: ImageBitmap, size: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, size / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) throw new Error('this browser draws nothing')
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    const tell = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error('this browser writes no JPEG'))
    canvas.toBlob(tell, 'image/jpeg', quality)
  })
}
