/** `5368709` → `5.1 MB`: file sizes, in powers of 1024. */
export function sizeText(bytes: number): string {
  const steps = ['B', 'KB', 'MB', 'GB'] as const
  let size = bytes
  let step = 0
  while (size >= 1024 && step < steps.length - 1) {
    size /= 1024
    step++
  }
  return `${size.toLocaleString('en-US', { maximumFractionDigits: step === 0 ? 0 : 1 })} ${steps[step]}`
}
