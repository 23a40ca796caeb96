import type { Stage } from './situations';

/** The wire's delta, with everything the known families put into it. */
export interface Delta {
	role?: 'assistant';
	content?: string | null;
	reasoning_content?: string | null;
	tool_calls?: null;
	output?: Array<{ url: string; type: 'video'; task_id: string }>;
}

/** One chunk of a turn, before it is framed. */
export interface Beat {
	delta: Delta;
	finishReason?: string;
	/** The stage that is reached when everything before this beat has been sent. */
	reaches?: Stage;
	/** Where this beat's text holds the video's URL, `midResult` is inside of it. */
	result?: true;
}
