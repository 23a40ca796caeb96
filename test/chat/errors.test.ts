import {
	ChatError,
	disconnected,
	malformed,
	toDisconnection,
} from '../../nodes/ChatVideo/chat/errors';

it('an error with more facts keeps its kind, its sentence, its cause and its other facts', () => {
	const cause = new Error('reset');
	const error = disconnected('It broke', cause).with({ billing: 'started', task: { taskId: 'x' } });
	expect(error).toBeInstanceOf(ChatError);
	expect(error).toMatchObject({
		name: 'ChatError',
		kind: 'disconnected',
		message: 'It broke',
		cause,
	});
	expect(error.facts).toEqual({ billing: 'started', task: { taskId: 'x' }, cause });
});

it('a break in reading is a disconnection that may have been charged', () => {
	const cause = new Error('terminated');
	expect(toDisconnection(cause)).toMatchObject({
		kind: 'disconnected',
		message: 'The service broke the connection off: terminated',
		facts: { billing: 'possible' },
		cause,
	});
	expect(toDisconnection('gone').message).toBe('The service broke the connection off: gone');
});

it('an error that says more stays what it is', () => {
	const error = malformed('It is no JSON');
	expect(toDisconnection(error)).toBe(error);
	expect(error).toMatchObject({ kind: 'malformed', facts: { billing: 'possible' } });
});
