import type { Item } from '../../nodes/ChatVideo/n8n/item';
import { toItem } from '../../nodes/ChatVideo/n8n/outputItem';
import type { VideoResult } from '../../nodes/ChatVideo/transcript/result';

const result: Required<Omit<VideoResult, 'attachment'>> = {
	...{ elapsedMs: 1, completedAt: 'b', startedAt: 'a', recovered: true, usage: {} },
	...{ finishReason: 'stop', created: 1, chatId: 'c', reasoning: 'r', transcript: 't' },
	...{ taskIds: ['t'], videoUrls: ['v'], gifUrl: 'g', downloadUrl: 'd', sourceUrl: 's' },
	...{ previewUrl: 'p', duration: 10, sourceSid: 's', messages: [], progressLog: [] },
	...{ orientation: 'portrait', prompt: 'A cat', model: 'sora-2', sid: 's', taskId: 't' },
	...{ reason: 'none', status: 'completed', posterUrl: 'p', videoUrl: 'v' },
};

/** What the contract says, in its order. */
const simplified =
	'videoUrl,posterUrl,status,reason,taskId,sid,model,prompt,orientation,progressLog,messages';
const detailed = `${simplified},sourceSid,duration,previewUrl,sourceUrl,downloadUrl,gifUrl,videoUrls,taskIds,transcript,reasoning,chatId,created,finishReason,usage,recovered,startedAt,completedAt,elapsedMs`;
const without = (names: string, some: string): string[] =>
	names.split(',').filter((name) => !some.split(',').includes(name));

describe('the fields of an item', () => {
	const long = 'progressLog,messages,transcript,reasoning';

	it.each([
		['simplified', 'chatVideo', true, without(simplified, '')],
		['not simplified', 'chatVideo', false, without(detailed, '')],
		['simplified, of an agent’s tool', 'chatVideoTool', true, without(simplified, long)],
		['not simplified, of an agent’s tool', 'chatVideoTool', false, without(detailed, long)],
	])('are in order, the result first: %s', async (_, type, simplify, expected) => {
		const item = { context: { getNode: () => ({ type }) }, index: 0 } as unknown as Item;
		const output = {
			...{ simplify, videoField: undefined, downloadPoster: false, failOnDownload: false },
			...{ maxSize: 1, downloadTimeout: 1, idleTimeout: 1, ignoreSslIssues: false },
		};

		const { json } = await toItem(item, result, output);

		expect(Object.keys(json)).toEqual(expected);
	});
});
