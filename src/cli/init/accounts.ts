import type { NotTold, Told } from '../probe/ask.ts';
import { type DiscordBot, findDiscordBot, findDiscordUser } from '../probe/discord.ts';
import { findTelegramBot, type TelegramBot } from '../probe/telegram.ts';
import { askUntil, type Prompter, type Read, refused, taken } from './prompter.ts';

/** What was found out about a platform. */
export type Account<Bot> = {
  /** To be written down; `null` where none was given. */
  readonly token: string | null;
  /** `null` where the platform is not used, or did not say. */
  readonly bot: Bot | null;
  /** Id of the bot's owner. */
  readonly owner: string | null;
};

export type Accounts = {
  readonly telegram: Account<TelegramBot>;
  readonly discord: Account<DiscordBot>;
};

/** Asks for the tokens and owners of the bot; both platforms may be skipped. */
export async function askAccounts(
  prompter: Prompter,
  environment: NodeJS.ProcessEnv,
): Promise<Accounts> {
  const telegram = await askTelegramAccount(prompter, environment);
  return { telegram, discord: await askDiscordAccount(prompter, environment) };
}

async function askTelegramAccount(
  prompter: Prompter,
  environment: NodeJS.ProcessEnv,
): Promise<Account<TelegramBot>> {
  const apiRoot = environment['TELEGRAM_API_ROOT'] || null;
  const { token, bot } = await askToken(prompter, {
    name: 'Telegram',
    from: '@BotFather',
    form: /^\d{1,20}:[\w-]{1,200}$/,
    present: environment['TELEGRAM_TOKEN'] || null,
    find: (word) => findTelegramBot({ token: word, apiRoot }, prompter.signal),
    nameOf: ({ name, username }) => `${name} (@${username})`,
  });
  if (!bot) return { token, bot, owner: null };
  const owner = await askUntil(
    prompter,
    () => prompter.ask('Your own id on Telegram, a number (Enter: none): '),
    readOwner,
  );
  return { token, bot, owner };
}

async function askDiscordAccount(
  prompter: Prompter,
  environment: NodeJS.ProcessEnv,
): Promise<Account<DiscordBot>> {
  const apiRoot = environment['DISCORD_API_ROOT'] || null;
  const present = environment['DISCORD_TOKEN'] || null;
  const { token, bot } = await askToken(prompter, {
    name: 'Discord',
    from: 'the developer portal',
    form: /^[\w.-]{1,200}$/,
    present,
    find: (word) => findDiscordBot({ token: word, apiRoot }, prompter.signal),
    nameOf: ({ name }) => name,
  });
  if (!bot) return { token, bot, owner: null };
  const access = { token: token ?? present ?? '', apiRoot };
  const owner = await askUntil(
    prompter,
    () => prompter.ask('Your own id on Discord, a number (Enter: none): '),
    async (answer) => {
      const read = readOwner(answer);
      if (read.kind === 'refused' || read.value === null) return read;
      const told = await findDiscordUser(access, read.value, prompter.signal);
      if (told.kind !== 'told') return refused(`${notTold('Discord', 'this id', told)} ${AGAIN}`);
      prompter.say(`That is ${told.value.name}.`);
      return read;
    },
  );
  return { token, bot, owner };
}

function readOwner(answer: string): Read<string | null> {
  if (answer === '') return taken(null);
  return /^[1-9]\d{0,19}$/.test(answer)
    ? taken(answer)
    : refused('An id is a number like 123456789, not a name.');
}

type TokenQuestion<Bot> = {
  readonly name: 'Telegram' | 'Discord';
  /** Where people get the token. */
  readonly from: string;
  /** What tokens look like; nothing in it needs quotation marks in `.env`. */
  readonly form: RegExp;
  /** The one that is set already. */
  readonly present: string | null;
  readonly find: (token: string) => Promise<Told<Bot>>;
  readonly nameOf: (bot: Bot) => string;
};

const AGAIN = 'Try again, or press Enter to skip.';

/** Asks for a token until the platform knows it, or the question is skipped. */
function askToken<Bot>(
  prompter: Prompter,
  { name, from, form, present, find, nameOf }: TokenQuestion<Bot>,
): Promise<Pick<Account<Bot>, 'token' | 'bot'>> {
  const skip = present === null ? `no ${name}` : 'keep the one that is set';
  const greet = (bot: Bot) => prompter.say(`${name} knows it: the bot is ${nameOf(bot)}.`);
  return askUntil<Pick<Account<Bot>, 'token' | 'bot'>>(
    prompter,
    () => prompter.askSecret(`Token of the ${name} bot, from ${from} (Enter: ${skip}): `),
    async (token) => {
      if (token === '') return taken({ token: null, bot: await keep() });
      if (!form.test(token)) return refused(`That is no token of ${name}. ${AGAIN}`);
      const told = await find(token);
      if (told.kind !== 'told') return refused(`${notTold(name, 'this token', told)} ${AGAIN}`);
      greet(told.value);
      return taken({ token, bot: told.value });
    },
  );

  async function keep(): Promise<Bot | null> {
    if (present === null) return null;
    const told = await find(present);
    if (told.kind === 'told') {
      greet(told.value);
      return told.value;
    }
    prompter.say(`It is kept, but ${notTold(name, 'it', told)}`);
    return null;
  }
}

/** Why a platform did not tell what it was asked, in a sentence. */
function notTold(name: string, what: string, told: NotTold): string {
  if (told.kind === 'silence') return `${name} cannot be reached: ${told.why}.`;
  return told.status === 429 || told.status >= 500
    ? `${name} has trouble just now (${told.status} ${told.says}).`
    : `${name} does not accept ${what} (${told.status} ${told.says}).`;
}
