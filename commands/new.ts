import { defineCommand } from '../src/chat/command.ts';
import { say } from '../src/chat/dispatch.ts';
import { forgetTurns } from '../src/store/turns.ts';
import { textsIn } from '../src/texts/texts.ts';

/** `/new`: what somebody asked in this channel is forgotten; the next question goes on from nothing. */
export const begin = defineCommand({
  name: 'new',
  options: {},
  async run(_, { db, channel, person, language }) {
    await forgetTurns(db, channel, person.id);
    return say(textsIn(language).isForgotten);
  },
});
