/** A variable of the process's environment. */
export const environment = (name: string): string | undefined => process.env[name];
