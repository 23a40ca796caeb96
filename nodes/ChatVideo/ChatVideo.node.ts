import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { searchModels } from './methods/searchModels';
import { testCredential } from './methods/testCredential';
import { operationFields, subtitle } from './operations';
import { run } from './run';

/** What the node is to n8n: its panel, its lists, and `run`. */
export class ChatVideo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Chat Video',
		name: 'chatVideo',
		icon: { light: 'file:chatVideo.svg', dark: 'file:chatVideo.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			'Generate and modify videos with Sora, Veo, Kling and others, over the OpenAI chat format',
		defaults: { name: 'Chat Video' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Makes videos from text or pictures (Sora, Veo, Kling, Grok, Seedance …) over an OpenAI-compatible chat API, and changes them. Each run of Generate or Modify costs money: never repeat it to poll. It waits for the video by itself; use Get Video for a task that was started before.',
		},
		credentials: [
			{
				name: 'chatVideoApi',
				required: true,
				testedBy: 'testCredential',
				displayOptions: { hide: { operation: ['parse'] } },
			},
		],
		properties: operationFields,
	};

	methods = { listSearch: { searchModels }, credentialTest: { testCredential } };

	execute = run;
}
