/** A file that arrived at the server and waits to be understood. */
export type Delivered = Readonly<{ uploadId: string; name: string; bytes: number }>
