/** n8n Cloud lets no node read the environment, and its users set none. */
export const environment: (name: string) => string | undefined = () => undefined;
