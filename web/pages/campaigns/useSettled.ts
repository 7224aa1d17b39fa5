import { useEffect, useState } from 'react'

/** The value as it is once nobody has changed it for so many milliseconds. */
export function useSettled<T>(value: T, waitMs: number): T {
  const [settled, setSettled] = useState(value)
  // The clock is outside React: a timer runs while the value is still being changed.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [value, waitMs])
  return settled
}
