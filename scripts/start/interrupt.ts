/** Ctrl-C once aborts the signal, so that all is put away; twice, it ends the process at once. */
export function onInterrupt() {
	const stop = new AbortController();
	const interrupt = () => {
		if (stop.signal.aborted) process.exit(130);
		stop.abort();
	};
	process.on('SIGINT', interrupt);
	return { signal: stop.signal, release: () => process.off('SIGINT', interrupt) };
}
