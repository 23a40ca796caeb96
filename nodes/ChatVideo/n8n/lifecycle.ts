import type { IExecuteFunctions, IRun, IWorkflowSettings } from 'n8n-workflow';

/** What n8n knows of an execution and hands to nodes privately; any of it may be missing. */
export interface Lifecycle {
	/** The execution whose Retry this one is. */
	retryOf: string | undefined;
	/**
	 * Calls back when the execution is over and n8n has saved it, or has put it to wait.
	 * False where that cannot be known.
	 *
	 * @param then hears whether what nodes put out is now elsewhere: in the database, or handed on
	 */
	onEnd(then: (isKept: boolean) => Promise<void>): boolean;
}

interface Hooks {
	retryOf?: string;
	workflowData?: { settings?: IWorkflowSettings };
	addHandler?(name: 'workflowExecuteAfter', then: (run: IRun) => Promise<void>): void;
}

/** n8n's public `onExecutionFinish` says neither how an execution ended nor that it waits. */
export function lifecycleOf(context: IExecuteFunctions): Lifecycle {
	const { additionalData } = context as unknown as { additionalData?: { hooks?: Hooks } };
	const hooks = additionalData?.hooks;
	return {
		retryOf: context.getMode() === 'retry' ? hooks?.retryOf : undefined,
		onEnd(then) {
			if (typeof hooks?.addHandler !== 'function') return false;
			const keepsFailed = hooks.workflowData?.settings?.saveDataErrorExecution !== 'none';
			hooks.addHandler('workflowExecuteAfter', async ({ status }) => {
				await then(keepsFailed || status === 'success' || status === 'waiting');
			});
			return true;
		},
	};
}
