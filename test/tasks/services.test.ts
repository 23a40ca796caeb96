import { kindOfReason } from '../../nodes/ChatVideo/chat/errorBody';
import { parseStatus } from '../../nodes/ChatVideo/tasks/status';
import { fixture } from '../support/fixture';

/** What the task endpoint of one service answers in one state. */
interface Answer {
	service: string;
	state: string;
	videoUrl?: string;
	posterUrl?: string;
	/** Part of it, and the kind of error it makes. */
	reason?: string;
	kind?: string;
	body: object;
}

const answers = fixture('tasks.ndjson')
	.toString()
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as Answer);

it.each(answers)(
	'the body of $service',
	({ body, state, videoUrl = '', posterUrl, reason = '', kind }) => {
		const status = parseStatus(body);
		expect(status).toMatchObject({ state, videoUrl });
		if (posterUrl !== undefined) expect(status?.posterUrl).toBe(posterUrl);
		expect(status?.reason).toContain(reason);
		if (kind !== undefined) expect(kindOfReason(status?.reason ?? '')).toBe(kind);
	},
);
