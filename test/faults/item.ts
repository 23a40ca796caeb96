/** The prompt of an item, by which its requests are distinguished. */
export const wishOf = (index: number): string => `wish ${index}`;

/** The item a prompt is of. */
export const itemOf = (prompt: string): number => Number(prompt.replace('wish ', ''));
