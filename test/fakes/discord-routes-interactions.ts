import {
  type APIInteractionResponse,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';

import type { Interaction } from './discord-interactions.ts';
import { refuse } from './discord-refused.ts';
import {
  type Call,
  checked,
  NOTHING,
  ok,
  type Routes,
  type Scene,
  shownMessage,
} from './discord-scene.ts';

const MESSAGE = '/webhooks/:application/:token/messages/:message';

/** None of these wants a token of the bot: that of the interaction stands in the path. */
export const INTERACTION_ROUTES: Routes = {
  'POST /interactions/:interaction/:token/callback': (scene, call) => {
    const { interaction: id = '', token = '' } = call.params;
    const response = checked(scene, call, 'APIInteractionResponse');
    const begun = scene.interactions.acknowledge(id, token, response, call.uploads);
    if (call.query.get('with_response') !== 'true') return NOTHING;
    return ok(callbackView(scene, begun, response));
  },
  'POST /webhooks/:application/:token': (scene, call) => {
    const interaction = interactionOf(scene, call);
    const draft = checked(scene, call, 'RESTPostAPIWebhookWithTokenJSONBody');
    return ok(shownMessage(scene, scene.interactions.followUp(interaction, draft, call.uploads)));
  },
  [`GET ${MESSAGE}`]: (scene, call) => ok(shownMessage(scene, messageOf(scene, call))),
  [`PATCH ${MESSAGE}`]: (scene, call) => {
    const message = messageOf(scene, call);
    const draft = checked(scene, call, 'RESTPatchAPIWebhookWithTokenMessageJSONBody');
    scene.interactions.edit(message, draft, call.uploads);
    return ok(shownMessage(scene, message));
  },
  [`DELETE ${MESSAGE}`]: (scene, call) => {
    const interaction = interactionOf(scene, call);
    const message = messageOf(scene, call);
    scene.messages.remove(message);
    // Then nothing is awaited any more, and what follows is a message of its own.
    if (interaction.original === message) interaction.original = undefined;
    return NOTHING;
  },
};

function interactionOf({ interactions, world }: Scene, { params }: Call): Interaction {
  if (params['application'] !== world.bot.id) throw refuse(10015);
  return interactions.withToken(params['token'] ?? '');
}

function messageOf(scene: Scene, call: Call) {
  return scene.interactions.message(interactionOf(scene, call), call.params['message'] ?? '');
}

function callbackView(scene: Scene, begun: Interaction, { type }: APIInteractionResponse): object {
  const { id, original } = begun;
  const interaction = { id, type: begun.type };
  const silent = [
    InteractionResponseType.DeferredMessageUpdate,
    InteractionResponseType.ApplicationCommandAutocompleteResult,
  ];
  if (!original) return { interaction, resource: { type } };
  const { flags } = original.face;
  const about = {
    response_message_id: original.id,
    response_message_loading: (flags & MessageFlags.Loading) !== 0,
    response_message_ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
  };
  const message = silent.includes(type) ? {} : { message: shownMessage(scene, original) };
  return { interaction: { ...interaction, ...about }, resource: { type, ...message } };
}
