import type { IAuthenticateGeneric, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Where the relay is, and the key it knows its user by; the node tests it. */
export class ChatVideoApi implements ICredentialType {
	name = 'chatVideoApi';

	displayName = 'Chat Video API';

	icon = { light: 'file:chatVideo.svg', dark: 'file:chatVideo.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-chat-video/n8n-nodes-chat-video#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://api.jxincm.cn',
			hint: 'Address of your service, with or without /v1',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};
}
