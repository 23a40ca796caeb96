/** Who signs in to the n8n of this project; it listens on this machine only. */
export const owner = {
	email: 'owner@example.com',
	password: 'ChatVideo1',
	firstName: 'Chat',
	lastName: 'Video',
} as const;
