import { useCallback, useState } from 'react'
import type { Where } from '../result/form.ts'
import type { Taken } from '../result/use-draft.ts'

/** Photos and a position that are on their way: in memory alone, until they are sent. */
export function useProof(): Taken & Readonly<{ clear(): void }> {
  const [photos, setPhotos] = useState<ReadonlyMap<string, Blob>>(new Map())
  const [position, setPosition] = useState<Where | null>(null)
  const clear = useCallback(() => {
    setPhotos(new Map())
    setPosition(null)
  }, [])
  return {
    ...{ photos, position, setPosition, clear },
    addPhoto: async (jpeg) => {
      const picture = new Blob([jpeg], { type: 'image/jpeg' })
      setPhotos((all) => new Map(all).set(crypto.randomUUID(), picture))
    },
    dropPhoto: async (evidenceId) =>
      setPhotos((all) => new Map([...all].filter(([id]) => id !== evidenceId))),
  }
}
