import {
  GatewayIntentBits as Intent,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

import { refuse, throwComplaints } from './discord-refused.ts';
import {
  type Call,
  checked,
  guildOf,
  NOTHING,
  ok,
  type Route,
  type Routes,
  type Scene,
} from './discord-scene.ts';
import { bareGuildView, channelView, memberView, roleView } from './discord-views.ts';

const SOME_SESSIONS = { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 };
const COMMANDS = '/applications/:application/commands';
const GUILD_COMMANDS = '/applications/:application/guilds/:guild/commands';

const application: Route = ({ world }) =>
  ok({
    id: world.bot.id,
    name: world.bot.username,
    icon: null,
    description: '',
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: '',
    flags: 0,
    owner: null,
    team: null,
    bot: world.bot,
  });

const overwriteCommands: Route = (scene, call) => {
  const guildId = commandScope(scene, call);
  const body = checked(scene, call, 'RESTPutAPIApplicationCommandsJSONBody');
  return ok(scene.commands.overwrite(body, guildId));
};

const listCommands: Route = (scene, call) => ok(scene.commands.in(commandScope(scene, call)));

const upsertCommand: Route = (scene, call) => {
  const guildId = commandScope(scene, call);
  const wrapped = scene.schema.check('RESTPutAPIApplicationCommandsJSONBody', [call.body]);
  throwComplaints(wrapped.map((each) => ({ ...each, path: each.path.slice(1) })));
  const command = call.body as RESTPostAPIApplicationCommandsJSONBody;
  return { status: 201, body: scene.commands.upsert(command, guildId) };
};

const removeCommand: Route = (scene, call) => {
  scene.commands.remove(call.params['command'] ?? '', commandScope(scene, call));
  return NOTHING;
};

export const APPLICATION_ROUTES: Routes = {
  'GET /gateway/bot': ({ gatewayUrl }) =>
    ok({ url: gatewayUrl(), shards: 1, session_start_limit: SOME_SESSIONS }),
  'GET /applications/@me': application,
  'GET /oauth2/applications/@me': application,
  'GET /users/@me': ({ world }) => ok(world.bot),
  'GET /users/@me/guilds': ({ world }) => {
    const own = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
    return ok(own.map(({ id, name }) => ({ id, name, icon: null, owner: false, features: [] })));
  },
  'POST /users/@me/channels': (scene, call) => {
    const body = checked(scene, call, 'RESTPostAPICurrentUserCreateDMChannelJSONBody');
    const user = scene.world.users.get(body.recipient_id);
    if (!user) throw refuse(10013);
    if (user.bot) throw refuse(50007);
    return ok(channelView(scene.world.openDm(user)));
  },
  'GET /users/:user': ({ world }, { params }) => {
    const user = world.users.get(params['user'] ?? '');
    if (!user) throw refuse(10013);
    return ok(user);
  },
  [`PUT ${COMMANDS}`]: overwriteCommands,
  [`GET ${COMMANDS}`]: listCommands,
  [`POST ${COMMANDS}`]: upsertCommand,
  [`DELETE ${COMMANDS}/:command`]: removeCommand,
  [`PUT ${GUILD_COMMANDS}`]: overwriteCommands,
  [`GET ${GUILD_COMMANDS}`]: listCommands,
  [`POST ${GUILD_COMMANDS}`]: upsertCommand,
  [`DELETE ${GUILD_COMMANDS}/:command`]: removeCommand,
  'GET /guilds/:guild': (scene, call) => ok(bareGuildView(guildOf(scene, call))),
  'GET /guilds/:guild/channels': (scene, call) => {
    const { id } = guildOf(scene, call);
    const all = [...scene.world.channels.values()];
    return ok(all.filter((each) => each.guildId === id && !each.thread).map(channelView));
  },
  'GET /guilds/:guild/roles': (scene, call) =>
    ok([...guildOf(scene, call).roles.values()].map(roleView)),
  'GET /guilds/:guild/members': (scene, call) => {
    const { members } = guildOf(scene, call);
    if (!(scene.privilegedIntents & Intent.GuildMembers)) throw refuse(50001);
    return ok([...members.values()].map(memberView));
  },
  'GET /guilds/:guild/members/:user': (scene, call) => {
    const member = guildOf(scene, call).members.get(call.params['user'] ?? '');
    if (!member) throw refuse(10007);
    return ok(memberView(member));
  },
};

/** The server that commands are for; undefined: everywhere. @throws Refused */
function commandScope(scene: Scene, call: Call): string | undefined {
  const { application: id, guild } = call.params;
  if (id !== scene.world.bot.id) throw refuse(20012);
  if (guild === undefined) return undefined;
  if (!scene.world.guilds.get(guild)?.members.has(id)) throw refuse(50001);
  return guild;
}
