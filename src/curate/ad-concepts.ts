/** How a concept is said; it is enough to say it in one of the ways. */
type Concept = {
  /** At the beginning of a sentence. */
  readonly opening?: RegExp;
  /** As whole words in English, Spanish, Portuguese and French. */
  readonly latin?: RegExp;
  /** Anywhere in Chinese and Japanese. */
  readonly cjk?: RegExp;
};

/** The alternatives, with a bar or a new line between each, as one source of a pattern. */
function either(text: TemplateStringsArray): string {
  const alternatives = String.raw(text)
    .trim()
    .split(/ \| |\s*\n\s*/);
  return `(?:${alternatives.join('|')})`;
}

/** What stands before the first word of a sentence: an end mark, and a few signs or emoji. */
const BEFORE_A_SENTENCE = String.raw`(?:^|[.!?:\n] ?)[^\p{L}\n.!?]{0,8}`;

const opening = (text: TemplateStringsArray) =>
  new RegExp(`${BEFORE_A_SENTENCE}${either(text)}(?![a-z])`, 'u');
const words = (text: TemplateStringsArray) => new RegExp(`(?<![a-z0-9])${either(text)}(?![a-z])`);
const anywhere = (text: TemplateStringsArray) => new RegExp(either(text));

/**
 * What advertising speaks of, in the words of several languages. A concept is a fact about a text and
 * no judgement: honest posts, too, speak of courses and prices. `ads.ts` adds the facts up.
 *
 * The words stand as in a folded text (see `fold`): in small letters, and Spanish, Portuguese and
 * French without accents. Every gap is bounded, so that no text makes a pattern slow.
 */
const CONCEPTS = {
  /** Something is given away to whoever takes part. */
  giveaway: {
    latin: words`
      \d{1,9} (?:lucky )?winners? | winners? (?:will|picked|announced|chosen)
      win (?:a|an|one|\d{1,9}|[$€£]\d\S{0,9})
      giv(?:e|ing) (?:it|this|them|these|my \w{1,20}|our \w{1,20}) away | sorteando | air-?drops?
      give-?aways? | giving away | whitelist spots? | free mint | raffle
      ganador(?:es)? | ganhador(?:es)? | gagnants? | te (?:lo |la )?regalo
      regal(?:o|amos|ando|are) | estoy regalando | brinde | presente gratis | cadeau | sorteo
      sorteamos | regalamos | regalo a | concours | je (?:vous )?offre`,
    cjk: anywhere`
      【抽[奖獎]】 | 抽[一二三四五两]{1,2}[位名个人] | [转轉][评評][赞讚] | が当たる
      [注註][册冊]即?送 | 邀[请請](?:好友|新人).{0,6}(?:送|返|得) | 前\s?\d{1,9}\s?[名位](?:免|送|[领領]|半|\d折) | \d{1,9}名様 | 当選者 | [锦錦][鲤鯉]
      揪\d | (?:24|48|72)時間限定 | 返[佣利現现] | 邀[请請]码 | 空投
      抽[奖獎](?:送|活[动動]|[详詳]情|平台) | (?:[转轉][发發]|[参參][与與]|[评評][论論]|[关關]注)[^。\n]{0,8}抽[奖獎送]
      抽(?:奖送|\d{1,9}\s?[位名个個]) | 白名[单單](?:名[额額]|抽) | 限定.{0,6}配布 | [转轉][发發].{0,4}送\d
      全員に(?:お渡し|配布|プレゼント) | 抽選(?:で|し) | 配布(?:中|します|予定|企画|して(?:い)?ます)
      プレゼント(?:企画|します|🎁|中|キャンペーン) | 無料(?:で)?(?:プレゼント|配布) | (?:限定|全員|豪華).{0,6}プレゼント
      dm.{0,8}(?:配布|お送り|送ります) | エアドロップ`,
  },
  /** Follow, like or repost as a condition. */
  follow: {
    latin: words`
      sigueme y (?:haz|da|dale|deja) | siguenos y (?:haz|da|dale)
      (?:follow|like|retweet|repost|comment|share|quote)s? (?:this|me|us|it|@\w{1,20})?[^.\n]{0,12}(?:and|&|\+|y|e|et) (?:follow|like|retweet|repost|comment|share|tag)s?
      drop (?:a|an|your) [^\w\s]{1,4}(?: |$|\.)
      (?:follow|like|rt|retweet|repost|comment|reply|share|tag|sigueme|siguenos|comenta|responde|curte|segue|retuit|retweete|abonne-toi|commente)\b(?: (?:me|us|this|it|this post|this tweet|@\w{1,20}|esto|a esto))?[ ,+&/\n.):;•\-–✅☑✔➕️⃣\d]{1,8}(?:(?:and|y|e|et|then) )?(?:also )?\b(?:follow|like|rt|retweet|repost|comment|reply|share|tag|sigueme|comenta|responde|curte|segue|retuit|da like|dale like)
      follow (?:me|us)\b[^.\n]{0,20}(?:\band\b|\bto get|\bfor my|\bso i can)
      (?:must (?:be )?|make sure (?:you )?)follow | follow ?back
      tag (?:\d|three|two|your)\d? ?friends
      (?:comment|reply|drop|type|responde|comenta|escribe|comente|commente[sz]?)(?: (?:with|below|con|the word|la palabra))?:? ["“'‘«][^"”'’»\n]{1,20}["”'’»]
      (?:and )?i(?:'ll| will)? (?:dm|send|message) (?:it|you|them|everyone)
      (?:dm|send) it to you | drop your (?:\w{1,20} )?(?:wallet|address)
      to (?:enter|participate|win) ?: | (?:how )?to claim ?: | must be following
      sigue (?:la|mi|esta|nuestra|a) | da(?:le)? (?:me gusta|like|rt) | menciona a
      etiqueta a | (?:siga|curta|marque) (?:o|a|\d\S{0,9})
      te (?:lo |la |los )?(?:envio|mando|paso) (?:por|gratis|al|el|la|un)
      je (?:vous |te )l'?envoie`,
    cjk: anywhere`
      [转轉][发發][^。\n]{0,12}(?:私信|[领領]取|送[\d你您]) | [评評][论論][^。\n]{0,12}(?:私信|[领領]取)
      [关關]注[^,。;!\n]{0,12}[转轉][发發] | [转轉][发發][^,。;!\n]{0,12}[关關]注 | 互[关關粉]
      フォロー ?(?:&|\+|と|や).{0,8}(?:リプ|引用|dm|拡散|リポスト) | (?:リポスト|rt) ?(?:&|\+|と) ?フォロー
      フォロー(?:で|後|必須|すると|お願い|して(?:くれた|いただ)) | 拡散(?:希望|お願い) | フォロー.{0,8}(?:rt|リツイート|リポスト|いいね)
      (?:受け?取り?|参加|応募)(?:方法|条件) | (?:rt|リツイート|リポスト|いいね).{0,8}(?:フォロワー|した(?:人|方)|限定|全員|いただ)
      リプ(?:ライ)?(?:頂|いただ|くれ|欄).{0,10}(?:dm|配布|送)`,
  },
  /** Money that the reader will make. */
  income: {
    latin: words`
      get paid (?:to|by) | earn \d[\d,]{1,7} | (?:made|make|making) (?:my first )?[$€£]\d | (?:sent|copia mis) (?:trades|operaciones) | (?:passive|extra) cash
      (?:quit|left|leave) (?:my|your) (?:9-5|9 to 5|job)\b.{0,30}(?:thanks|with|by) | generar ingresos | ganar dinero | rendimiento (?:del|de) \d | deposito minimo
      minimum deposit | win rate | (?:profit|cash out) (?:by|of|via) | paga \d
      [$€£]\d[\d.,]{0,6}k\+? ?(?:a|per|\/) ?(?:month|mo|week|day)
      (?:income|revenue) streams? | (?:from|to) (?:zero|broke|\$0) to
      [$€£]\d[\d.,]{0,8}k?\+? ?(?:\/|per |a )(?:month|year|yr)? ?(?:with|using) | wealth
      \d{1,9}k?\+? (?:clients|followers|subscribers|sales|leads) (?:a|per|in|every|using)
      members (?:averaged|made|earned) | \d{1,9}% (?:daily|a day|per day|monthly|profit)
      (?:make|making|made) (?:me|you) (?:rich|wealthy|a millionaire) | 6-fig
      (?:six|seven|6|7)[- ]figures?
      (?:to|at|hit|hitting) [$€£]\d[\d.,]{0,8}k\+? ?(?:\/|per |a |-)(?:mo|month|day|week)
      high[- ]income | (?:quit|leave) your (?:job|9) | online business | digital products?
      (?:print|extra|easy|free) money | money (?:machine|online|with (?:ai|chatgpt))
      dropshipping | affiliate (?:marketing|program|commission)
      (?:daily|huge|consistent|guaranteed|passive) (?:profits?|returns?|gains?)
      (?:make|making|earn|earning|made|gana(?:r|ndo)?|ganhe|ganhar|gagner?|rapporte)\b[^.\n]{0,30}(?:[$€£]\s?\d|\d[\d.,]{0,9} ?k?[$€£]|\bmoney\b|\bdinero\b|\bdinheiro\b|\bmiles de\b|\bpassive\b)
      (?:passive|endless|extra|second) incomes? | incomes? (?:stream|opportunit)\w{0,20} | get rich
      side hustles? | financial freedom | grow your wealth | money works?
      \d{1,3} ?% (?:diario|daily|mensual|garantizad[oa]) | criptomonedas con
      (?:gan[ea]|ganh[ea]|fature|gagnez)\b[^.\n]{0,20}\d\S{0,9}
      (?:dinero|ganar|vivir) (?:con|desde|por) (?:ia|chatgpt|internet|casa)
      negocio (?:online|digital) | libertad financiera | dinheiro (?:online|com ia)
      ingresos pasivos | renda extra | revenus passifs
      [\d.,]{1,9} ?[$€£] ?(?:por|al|par|\/) ?(?:mes|dia|mois|jour)`,
    cjk: anywhere`
      日[给給]\d | 日化 ?\d | 月\d{1,4}万(?:超|円)?(?:稼|達成|え|を) | お小遣い稼ぎ | ポイ活 | 退職できました | 初収益 | [单單]月.{0,6}[万萬] | 收入 ?\d{3,9} | 分成
      (?:带|帶)了 ?\d{1,4}多?[个個]
      [赚賺]\s?[\d一二三四五六七八九十]{1,4}万 | 一[单單]\s?\d | 副[业業]的[来來] | 加盟
      [赚賺][钱錢](?:[项項]目|方法|思路|[机機][会會]) | 搞[钱錢] | 收益\s?\d | [稳穩][赚賺] | 回本
      月[入赚]\s?[\d一二三四五六七八九十] | 被[动動]收入 | 月\d{1,9}万円 | 躺[赚賺] | [日月年]入\s?(?:\d|[一二三五十百千万過过]|上)
      副[业業].{0,8}(?:[变變][现現]|[赚賺]) | [赚賺]大?[钱錢].{0,16}(?:[联聯]系|加|群|方法|教|私信|攻略) | 想[赚賺][钱錢]
      [稳穩]定?[收盈](?:益|利) | [财財]富自由 | 不労所得 | 副業.{0,12}(?:収入|月収|自動|方法|教) | 月収\s?\d
      稼(?:げ|ぐ|い) | アフィリ`,
  },
  /** Coins and tokens praised or launched. */
  token: {
    latin: words`
      \$\w{2,10} (?:holders|(?:is )?listed|buyers) | now own \d{1,2}% of the | swept the floor | floor price | (?:ido|ico|tge) (?:alert|unlock|is|on) | launchpads? | undervalued | low cap
      \d{2,4}x (?:easy|incoming|from here|soon)
      (?:buy|bag|ape|load)(?: in| some| more)? \$[a-z]\w{1,20} | lp (?:is )?(?:burn\w{0,20}|lock\w{0,20})
      contract in bio | chart looks | next pump | pre-?sale | meme ?coins?
      (?:ai|\$\w{2,10}) token | (?:low|micro) ?cap | mcap | whitelist(?:ed)?
      (?:token|coin|nft)s? (?:is |are )?(?:live|launch\w{0,20}|mint\w{0,20}|holders?)
      (?:doxxed|buyback|degens?|hodl|bullrun|bull run|wagmi) | ca ?: ?0x | shit ?coins?
      alt ?coins? | utility tokens? | (?:native|governance) tokens?
      token(?:omics| launch| sale)
      10{1,3}x (?:gems?|coins?|tokens?|gains?|returns?|potential|soon)
      (?:just|got|getting) listed | (?:hidden|next) (?:\w{1,20} )?gems? | buy the dip
      to the moon ?🚀 | yield farming | liquidity (?:pool|locked) | fair launch
      stealth launch | (?:uniswap|pancakeswap|sushiswap|raydium|pump\.?fun)
      nft (?:drop|mint|collection) | ath | our liquidity
      (?:listing|listed) on (?:\w{1,20} ){0,3}(?:exchange|dex) | hold(?:ers?)? of \$
      contract(?: address)?: ?0x | 0x[0-9a-f]{16,64}
      pre-?venta`,
    cjk: anywhere`
      先行販売 | 上場前 | (?:百|千|万)倍[币幣] | 土狗 | 合[约約]地址 | [预預]售 | 打新 | [发發][币幣] | [链鏈]游 | [撸擼]毛
      公[链鏈].{0,6}[质質]押 | nft.{0,12}(?:発売|販売|発行)
      プレセール | 草コイン | 仮想通貨.{0,10}(?:爆上げ|プレセール)`,
  },
  /** The world of coins: honest in itself. */
  crypto: {
    latin: words`
      pump(?:s|ed|ing) | ape(?:d)? in | memecoins? | decentrali[sz]ed | dao | (?:main|test)net
      wallets? | gamefi | p2e | play-to-earn | market ?cap | (?:swap|inu)
      hodl(?:ers?)? | forex | trading bots? | altcoins? | bnb | eth | btc | airdrops?
      crypto(?:currenc(?:y|ies))? | nfts? | web3 | defi | blockchain
      tokens? (?:is|are|that|holders?) | (?:bit|meme|alt|doge|stable|gpu|ai)?coins? | binance | solana | bsc | arbitrum
      polygon | ethereum | cardano | dex | airdrop | staking | minting | metaverse | on-?chain
      criptomonedas? | criptomoedas?`,
    cjk: anywhere`
      [币幣]圈 | [区區][块塊][链鏈] | 加密[货貨][币幣] | 仮想通貨 | 暗号資産 | web3 | nft`,
  },
  /** The form of a trading signal. */
  signal: {
    latin: words`
      (?:ai|our|trading) signals | win ?rate | vip access
      entry ?:? ?\$?\d\S{0,9} | (?:tp|sl) ?\d?[: ] ?\$?\d\d?\.\d\S{0,9}
      vip (?:channel|group|signals?) | time to (?:buy|sell) | (?:buy|sell|long|short) signals?
      entry(?: price| zone)? ?: | take ?profit | stop ?loss | (?:tp|sl) ?\d? ?: ?\$?\d\S{0,9}
      target \d? ?: ?\$?\d\S{0,9} | rsi ?: ?\d\S{0,9} | leverage ?:
      recommendation ?: ?#?(?:long|short|buy|sell) | (?:vip|trading|free|crypto) signals?`,
    cjk: anywhere`
      止[损損] | [带帶][单單] | 喊[单單] | 跟[单單] | [进進][场場]点位 | [开開][单單].{0,6}群`,
  },
  /** What is sold to readers of such posts. */
  goods: {
    latin: words`
      \d{2,4} (?:\w{1,12} ){0,2}prompts? | (?:ultimate|complete|definitive) (?:\w{1,12}[ -]){0,3}(?:guide|master\w{0,6}|pack|system) | onlyfans | uncensored | video ?llamadas?
      \d{1,3}[- ](?:week|day|hour|part) (?:\w{1,12} )?(?:program|programme|course|class|training|challenge|workshop) | hands-on | practical training
      (?:class|program) (?:on|opens|starts|for) | book \d of | read free on | free newsletter | (?:issue|edition) #?\d{1,4} is (?:out|live) | horoscope
      (?:notion|figma|excel) (?:template|os|kit|bundle)s? | \d[\d,]{1,5}\+? (?:chatgpt |ai )?prompts | prompt (?:pack|bundle) | (?:master|bootcamp|diplomado|taller|certificate) en
      clases? en vivo | mentoria | (?:webinar|workshop|taller|masterclass) (?:gratis|gratuit|practico) | canal de telegram | available now on
      \d{1,9}[- ]page | white ?papers?
      (?:my|our) (?:whole |full |entire |complete )?(?:training|breakdown|playbook|system|method|framework)
      certified | certification | (?:become|be) a certified | case stud(?:y|ies) | ebooks?
      my new (?:video|course)
      (?:prompt engineering|copywriting|ai) (?:course|class|masterclass|boot ?camp|training)
      prompts? (?:into|in) a (?:pdf|book)
      (?:i(?:'ve| have)?|we(?:'ve| have)?) (?:just )?(?:made|created|built|wrote|compiled|curated|designed|put together)\b[^.\n]{0,50}\b(?:guides?|cheat ?sheets?|database|pdf|bundle|vault|courses?|playbook|toolkit|e-?books?|handbook|templates?|giveaway|prompts?)
      swipe files? | playbook | blueprint | handbook | toolkit
      (?:mega|ultimate|free|complete) (?:prompt|guide|list|bundle|pdf)
      prompt (?:vault|book|guide|database|engineering course)
      (?:new|my|our|latest|this) (?:e-?)?book | (?:available|out) (?:now )?on amazon
      paperback | lifetime access | certificat(?:e|ion) (?:course|program|in)
      online (?:class|training|academy)
      (?:essay|assignment|homework|thesis|dissertation)s?\b[^\n]{0,20}\b(?:due|help|writ(?:ing|ers?)|dm|hire|pay|service)
      casino | free spins | betting tips
      (?:master ?class|e-?book|newsletter|webinar|boot ?camp|cheat ?sheet|substack|patreon|gumroad|ko-?fi|onlyfans|mentorship|coaching|audiobook)s?
      kindle (?:unlimited|edition|e?book|store)
      (?:cpe|online|video|free|our|my|new|beginners?|crash|complete|full|training) courses?
      courses?[^.\n]{0,20}\b(?:designed|offers?|covers?)
      (?:this|my|our|the)\b[^.\n]{0,30}\b(?:ultimate |step-?by-?step |comprehensive |complete )(?:guide|book|course)
      (?:prompt|template|starter|bundle) ?(?:packs?|bundles?|librar(?:y|ies)|kits?)
      (?:premium|brandable) domains? | domains? (?:names? )?(?:for sale|available)
      premium (?:plan|membership|access|content)
      (?:mi|nuestro) (?:nuevo|ultimo) (?:libro|curso) | libro[^.\n]{0,30}\bamazon | webinario
      lista de espera
      (?:mi|nuestr[oa]|nuev[oa]|tu) (?:guia|libro|e-?book|taller|newsletter|formacion|plantilla|sistema|mentoria)
      (?:meu|nosso|novo) (?:guia|livro|e-?book|metodo)
      (?:mon|notre|nouveau|nouvelle) (?:guide|livre|e-?book|formation|methode)
      formation gratuite | curso | guia (?:completa|gratis|definitiva|pdf|ultima) | plantillas
      clase gratuita | masterclase | planilhas? | mentoria | apostila`,
    cjk: anywhere`
      (?:ai)?塾 | 教室 | 卒業生 | 受講生 | 説明会 | ワークショップ | チケット | noteを(?:更新|公開) | ホワイトペーパー | 販売(?:中|開始|終了) | アプリ[『「] | [』」]アプリ
      [网網][盘盤] | 全套 | (?:交流|副业|vip)群 | [周週][报報] | 机场 | vps | 中[转轉]站 | 倍率 | 老[号號] | 家[长長]扫 | \d{1,3} ?[节節][课課] | [课課],?(?:教你|原[价價])
      [课課]程上[线線] | [训訓][练練][营營] | (?:完全)?保存版 | [机機][场場]推[荐薦] | 免[翻墙牆]{1,2} | 科[学學]上[网網]
      [镜鏡]像站 | (?:付[费費]|精品|[线線]上|我的|系列|ai)[课課]程
      [课課]程.{0,10}(?:[报報]名|[优優]惠|名[额額]|[领領]取|私信|\d{1,9}元) | 零基[础礎] | 公[开開][课課] | [电電]子[书書]
      知[识識]星球 | 付[费費](?:群|[专專]栏|社) | [专專][栏欄] | 教程.{0,8}(?:领|領|送) | [资資]料包 | 教科書 | 講座 | 教材
      有料note | kindle(?:版|出版|本) | (?:新刊|電子書籍|書籍)
      (?:素材|テンプレ(?:ート)?|プロンプト)[^。\n]{0,10}(?:セット|パック) | スタートガイド | まるっと(?:わかる|解説|学べ)
      まとめた(?:pdf|資料|note) | オンライン(?:講座|サロン|スクール) | セミナー | ウェビナー | スクール | サロン | メルマガ
      (?:pdf|資料|テンプレ(?:ート)?|プロンプト集?)[^\n]{0,16}(?:配布|プレゼント|受け?取)
      [『「][^』」\n]{2,40}[』」](?:が|を)?(?:発行|発売|出版)`,
  },
  /** Accounts and subscriptions that are resold. */
  accounts: {
    latin: words`
      selling (?:\w{1,12} ){0,3}(?:accounts?|subscriptions?|premium|plus) | vendo (?:\w{1,12} ){0,3}(?:cuentas?|plan|premium|plus)
      accounts?\b[^.\n]{0,30}(?:price|cheap|deliver|warranty)
      (?:buy|get|gain|real|cheap)\b[^.\n]{0,12}\d[\d,.]{0,9}k? (?:real |active )?(?:followers|likes|views|subscribers)
      premium (?:accounts?|seller|apps?) | premiums
      (?:accounts?|accs?) (?:for sale|available|shop|seller) | (?:full|with) warranty
      legit seller | (?:shared|solo) (?:account|profile)s? | unlocks? (?:available|service)
      hmu for | dm (?:for|to) (?:order|avail) | wts | gcash | 100% legit | jual (?:akun|jasa)
      akun (?:premium|chatgpt|netflix|canva) | joki tugas | garansi
      cuentas premium | vendo cuentas? | contas? premium`,
    cjk: anywhere`
      自[动動][发發][货貨] | 打包\s?\d | 国内直连 | [虚虛][拟擬]卡 | [开開]卡\s?\d | 激活[码碼] | [礼禮]品卡 | 代充 | 成品[号號]
      [账賬帳][号號](?:出售|批[发發]|交易|自助|购买) | (?:出售|售[卖賣]|出|[卖賣]|接).{0,8}(?:[账賬帳][号號]|[会會][员員]|plus)
      (?:[账賬帳][号號]?|[号號])\s?\d{1,4}\s?(?:元|块|塊|一[个個]) | (?:月卡|季卡|年卡)\s?\d
      (?:[会會][员員]|plus|月卡|季卡|年卡).{0,10}(?:\d{1,4}\s?[元块塊]|充值|低[价價]|秒到|[开開]通|拼[车車]|合租) | 拼[车車]
      合租 | [发發]卡 | 接[码碼] | 包[赔賠售] | 有售[后後] | 掉了包`,
  },
  /** For sale, a discount, a deal. */
  offer: {
    latin: words`
      (?:with |use |usa |con )?(?:(?:the|el) )?(?:code|codigo) [a-z]{2,12}\d{0,4} (?:for|gives|at|to get|y|te)
      (?:with|use|using|con|usa) (?:the |el )?(?:code|codigo) ["“']?[a-z]{3,14}\d{0,4}
      (?:launch|early|intro) price
      (?:price|precio)s? (?:goes up|doubles|rises|sube) | sube el precio | yours for [$€£]\d
      (?:desde|por|vale|from) [$€]? ?\d[\d.,]{0,6} ?(?:€|usd|dolares|mxn|euros) | \d[\d.,]{0,6} ?€ (?:la|el|al)
      [1-9]er mes (?:por|gratis) | envio gratis | promo \dx\d | becas? (?:de|del) | pruebalo (?:gratis|\d)
      antes [$\d]\S{0,6}[ €]{0,2}[,.]? (?:ahora|hoy)
      affordable | (?:launch|flash|summer|winter|holiday|weekend) sale
      (?:this|today|one) (?:week|day|weekend)? ?only | cheap(?:est)? | get \d{1,2}%
      (?:is|are) (?:just |only )[$€£]\d\S{0,9}
      (?:prices?|plans?|starting|starts) (?:from|at) (?:just |only )?[$€£]\d\S{0,9}
      \d{1,2}% ?off | half price | instant delivery
      \(?then [$€£]\d\S{0,9} | gift ?cards? | vouchers? | no credit card
      free (?:plan|tier|forever) | discounted
      (?:worth|valued at|usually|normally|regular(?:ly)? (?:price)?|sells? for|sold for) ?[$€£]\d\S{0,9}
      [$€£]\d[\d.,]{0,8} (?:value|off)
      (?:save|ahorra) (?:up to )?(?:\d{1,2}%|[$€£]\d\S{0,9}) | half[- ]price | money[- ]back
      at no cost | for sale | (?:promo|discount|coupon|referral|invite)[ -]?codes?
      use (?:my )?code:? ["“']?(?=[a-z]{0,12}\d)\w{4,16}
      limited(?:-| )time (?:offer|deal|only) | special (?:offer|price|discount) | price drop
      (?:only|just|for) [$€£]\d\S{0,9}
      [$€£]\d[\d.,]{0,8} (?:instead of|\(?was) [$€£]\d\S{0,9}
      lifetime (?:deal|access|license) | early[ -]bird | best deals? | on sale | black friday
      \d{1,2} ?% de (?:descuento|desconto|reduction) | rebajas | mitad de precio | por solo
      apenas r\$ | desconto | \d{1,2}% (?:off|discount|descuento|de desconto)
      (?:a|con|de) descuento | oferta | promocao | cupom | codigo (?:de descuento|promocional)
      code promo | en promotion | soldes`,
    cjk: anywhere`
      値上げ | 早割 | 初回(?:体験|限定|無料|\d) | 月額 ?\d | 月\d[\d,]{0,6}円 | \d[\d,]{0,8}円 ?(?:〜|~|から|→|➡|\/|ずつ) | 返金保証
      お(?:得|トク) | キャンペーン | 還元 | 紹介料 | ボーナス | 無料(?:プラン|で(?:始|使)) | \d{1,3}日間(?:は)?無料 | 兄弟割 | ヶ月無料
      首[单單月次] ?[\d一二三半] | 秒[杀殺] | \d(?:\.\d)? ?折(?!叠) | [终終]身(?:更新|使用|[会會]) | 年付 | [库庫]存 | [现現][货貨]
      秒到 | 返 ?\d{1,2} ?% | \d[\d.]{0,6} ?(?:元|块|刀) ?(?:起|体[验驗]|秒|包|\/|解[决決]) | \d{2,6} ?起(?:[,，。 ]|$) | 募[资資][价價]
      [学學]不[会會]退|包[教学學][会會] | 半額
      立[减減] | [满滿][减減] | 下[单單] | 早[鸟鳥] | 原[价價]\s?\d | (?:本日|好評|絶賛)(?:発売|公開)
      限[时時](?:[优優]惠|折扣|特[价價]|免[费費]|福利) | [优優]惠(?:[码碼]|券|[价價]|活[动動]) | 特[价價] | 低[价價]
      打[\d一二三四五六七八九]折 | 半[价價] | [买買]一送一 | 先到先得 | [仅僅]剩\s?\d{1,9}\s?[个個]?(?:名[额額]|席) | 套餐 | [试試]用\d
      (?:期間|数量|人数|[日名])限定 | 限定\s?\d{1,9}\s?(?:名|日|個) | 割引 | 特別価格
      今なら | \d{1,9}% ?(?:off|オフ|引) | \d円で | 残り\d{1,9}(?:席|名|枠) | 今だけ | クーポン`,
  },
  /** Free of charge. */
  free: {
    latin: words`
      (?:is|it'?s|all|training|course|pdf|today|now)[, ]{1,20}(?:for )?free
      you can have (?:it|the|them|mine) | it'?s yours | our free | try (?:it )?(?:for )?free
      free (?:live|online|video|pdf|sample|consultation|demo|ai) | costs? (?:you )?nothing
      0 cost
      free (?:copy|copies|trial|ebook|e-book|guide|course|access|download|bundle|gift|report|lesson|training|pdf|credits?|masterclass|webinar|template|prompts?)
      (?:100%|totally|completely|absolutely|it'?s|now|yours|available|access|away|today)\b[^.\n]{0,12} for free
      100% free | (?:totally|completely|absolutely|it'?s) free
      free for (?:the )?(?:next |first |a )?(?:\d{1,9}|limited|life)
      asesoria gratuita | clase gratis | prueba gratis | teste gratis | gratis
      gratuit[oae]?s? | de graca`,
    cjk: anywhere`
      【無料】 | 免[费費](?:[领領送讲講]|[试試]用|体[验驗]|分享) | 免[费費].{0,6}(?:[领領]|一次) | (?<!\d)0元(?:购|学|领)
      白嫖 | 🆓
      無料(?:相談|カウンセリング|診断|見積) | 無料(?:で)?(?:プレゼント|配布|レポート|公開|ダウンロード|登録|体験|相談|読め|セミナー)`,
  },
  /** A contact at which to buy. */
  contact: {
    latin: words`
      only crypto | crypto only | (?:buy|payment) link
      (?:dm|message|email|write|text|whatsapp|inbox) (?:me|us|to) | (?:email|link|telegram|contact|enlace|info) (?:in|en) (?:mi |my |the )?(?:bio|profile|perfil)
      (?:dms?|md) (?:abiertos?|para|y te) | (?:mira|visita) mi (?:portfolio|perfil|bio) | contactame | (?:hablamos|preguntame como)
      just dm | reply (?:with )?["“'] | comment [a-z]{3,12} (?:and|below|if|&) | see (?:my )?(?:pinned|bio)
      inbox (?:us|me) | dms? (?:me|us|is open|are open|for|now)
      (?:message|inbox|contact|text) (?:me|us)
      (?:whats ?app|telegram|tg|wechat|skype|discord|line|signal)\b ?(?:[:：@+]|number|channel|group|at )
      t\.me\/ | wa\.me\/ | hmu | hit me up | qq ?[:：]? ?\d{5,11} | \+\d{2,3}[ -]?\d{6,12}
      (?:vx|wx)[:：]
      info por | (?:por|al|via|en) (?:whatsapp|telegram) | escribe(?:me|nos)
      (?:mandame|manda|envia)(?:me)? (?:un )?(?:dm|md) | chama no`,
    cjk: anywhere`
      dm(?:ください|下さい|で|は|お気軽|を) | line(?:の人|追加|で(?:お友だち|毎|こっそり)) | プロフ(?:ィール)?(?:から|欄|の(?:リンク|url)) | 固定(?:見|ポスト|ツイート)?(?:見て|から|に)
      リプ(?:ください|下さい|くれ) | テレグラム | 私信(?:预[约約]|[「“"”]|[,，。]?$) | 私聊 | 滴滴 | 懂的来 | 需要(?:的)?私 | 飞机(?:联系|@| @)
      (?:看|找|来|點|点[进開开])?(?:我|自己来)?主[页頁](?:置[顶頂]|自取|找|看|有) | (?:合作|[需要]) ?v ?[:：] | v ?[:：] ?[a-z] | 微信 ?[a-z_]
      加[vV](?![a-z]) | 加v | [头頭]像[联聯]系 | line登録 | [扫掃][码碼]咨 | 咨[询詢](?:微信|客服)
      微信\s?[a-z][a-z0-9_-]{4,} | 加[vV][：:x] | 滴滴我 | 要的滴 | 私信.{0,4}[“\"「『] | 私信秒回
      (?:tg|[电電][报報]|微信|qq|交流|[福][利])群 | 加群 | 群主 | 日[结結] | [刷][单單]
      (?:加|\+|联系|聯繫|找)(?:我|本人|客服)?的?\s?(?:微信|[vV][xX]|v信|威信|薇信|tg|qq|电报|電報)
      (?:微信|vx|tg|qq|电报|電報|飞机|飛機)(?:号|號|群)?\s?[:：@] | qq\s?\d{5,11} | 私信(?:我|[领領回]) | 私(?:聊|我)
      需要的?私 | [扫掃][码碼](?:[进進]群|[领領]取|加) | [进進]群 | 公式line
      お渡しし | dm(?:へ|まで|ください|で受|に「) | 固ツイ | line(?:で|に|の)(?:登録|友だち|友達|お)
      (?:プロフ(?:ィール)?の?|固定)(?:リンク|ツイ) | line(?:登録|追加|で受)`,
  },
  /** Do it now: sign up, join, get yours. */
  call: {
    latin: words`
      order your (?:custom|own) | (?:choose|design) your own | (?:integrated|listed|live) (?:in|on|into) (?:our|the) (?:app|platform|ecosystem)
      (?:reserve|reserva|book|save) (?:your|tu|ur|a) (?:spot|seat|place|lugar|plaza|cupo)? | apply (?:online|now|here|today) | (?:snag|cop) (?:it|yours|one)
      (?:shop|buy|order|download|register|tickets?|entradas?|inscripciones?) ?(?:→|➡|:|👉|👇|at http) | join \d[\d,]{1,8} | spin (?:one|it) up
      (?:compra|pide|crea|descarga|sube|solicita) (?:ya|aqui|tu|el tuyo|una demo) | descargalo | pruebalo | registrate | inscribete | postula con
      admissions? open | try it out and | (?:is|it'?s) free to start | find out in the app | don'?t sit this
      give it a (?:go|try) | (?:comment|like|reply) (?:and|below) | link below
      book (?:a|your) (?:demo|call|slot|seat|free) | request a (?:demo|quote) | get started
      start (?:for free|your free) | try (?:it|our|the new|out)
      download (?:our|the) (?:app|extension) | apply (?:here|via)
      want (?:it|access|the (?:full )?(?:list|guide)) | reserve[sz] | sign[ -]?up
      register (?:now|here|today|for|at) | enrol+ (?:now|today|here|in)
      join (?:now|us|our|the|my|today|here) | subscribe | (?:enter|chance) to win
      click (?:here|the|on|to|below|now) | tap (?:the|here|to)
      (?:get|grab|claim|order|reserve|secure|download) (?:yours?|instant|access|started|a free|now|here|my)
      (?:grab|claim|download) (?:it|the)
      (?:buy|shop|book|apply|order|start|act|try|download|install) (?:it )?(?:now|today|here|yours)
      try (?:it )?(?:for )?free
      link(?:s)? (?:in|on) (?:my |the |our )?(?:bio|profile|comments?)
      follow (?:me|us|@\w{1,20}) (?:for|to|&|and) | don'?t wait | what are you waiting
      inscreva-se
      unir(?:te|se) | registro | para participar | pide tu | reserva | comece (?:agora|hoje)
      inscripciones | accede | aprovecha | consigue(?:lo|la)? | solicita | entra (?:en|a|aqui)
      pincha | click aqui | link (?:aqui|abajo|en) | acesse | aproveite | profite[sz]
      rejoi(?:ns|gnez) | registrate | inscribete | apuntate | suscribete | unete
      descarga(?:r|lo|la)? | haz clic | enlace en (?:mi|la|el) (?:bio|perfil)
      reserva (?:tu|ya) | compra(?:lo)? (?:ya|ahora) | cadastre-se | clique | baixe | garanta
      link na bio | siga [o@] | inscri(?:s|vez) | abonne[sz] | cliquez | telecharge[rz]
      lien en bio`,
    cjk: anywhere`
      (?:募集|受付)(?:中|スタート|開始|！|!|します|は) | 大?募集 | 資料請求 | お?申し?込み? | 応募は | ご?予約(?:は|受) | お問い?合わせ | ご相談 | 承(?:り|って)
      この機会 | 招待(?:コード|リンク) | 紹介コード | ダウンロード(?:して|いただ) | 購読 | で検索 | 案内(?:し|いた) | 配信(?:し|中)
      [预預][约約] | [扫掃][码碼] | 求(?:三[连連]|[订訂][阅閱]|[关關]注) | [顺順]手[点點] | 快[来來] | [进進]群 | (?:我的|用我)邀[请請] | 加入(?:的|我)
      [链鏈]接[见見]|[见見][评評][论論] | お問い?合わせ
      (?:予約|受付|申込|応募)(?:受付)?中 | (?:点击|點擊)(?:下方|[链鏈]接|[领領]) | 戳(?:这|此|[链鏈]|↓|👇) | 速[领領]
      [领領]取 | 立[即刻](?:[报報]名|[购購][买買]|[领領]|[订訂]|加入|注册|[体體]) | [报報]名 | [订訂][阅閱](?:我|一下)?
      主[页頁][链鏈]接 | [评評][论論][区區](?:[扣领領]|留言) | 留言\s?[“"「] | 上[车車]
      (?:友だち|友達)追加 | 申し?込み | お申込 | 登録(?:は|して|だけ|こちら) | こちらから | 受け?取(?:って|れ|り|る) | ゲットし
      フォローして(?:ね|くだ|、|ご|お) | チェックして | ダウンロード(?:は|して)`,
  },
  /** The softer call: learn more, watch, have a look. */
  invite: {
    latin: words`
      learn (?:more|how) | find out (?:more|how|about) | discover (?:how|the|more|our)
      (?:watch|read|listen|see|check)(?: (?:it|this|them|us|the (?:full|whole|video)\b[^.\n]{0,20}|here|now|more|the link))? ?(?:out|now|here|below|this|more)
      watch (?:the|our) | check (?:it|them|us|this|these|out) | visit (?:us|our|the|@|now)
      tune in | more (?:info|details|information) | see how | explore
      mira(?:lo)? aqui | mas info(?:rmacion)? | te (?:explico|cuento|enseno|muestro)
      descubre | saiba mais | confira | veja (?:como|aqui) | en savoir plus | decouvrez`,
    cjk: anywhere`
      [详詳]情 | 了解更多 | [戳看]这里 | [传傳]送[门門] | 👇 | ▼ | ▶
      詳[し細]く?は | 詳細は | ご覧 | 続きは`,
  },
  /** Benefits that are promised to the reader. */
  promise: {
    latin: words`
      \d{1,9}x (?:faster|more|better|your) | so you don'?t have to
      while you (?:sleep|focus|relax) | your new (?:ai|favou?rite|assistant|sales|best)
      used? it to grow | how (?:leading|top|smart|successful)
      (?:in|within|under) (?:just |only |under |less than )?(?:\d{1,9}|two|three|five|ten|a few) (?:minutes|seconds|clicks)
      (?:you(?:'ll)? )?never (?:have|need) to | turn (?:any|your) | en \d{1,9} minutes
      master (?:chatgpt|ai|prompt\w{0,20}|any|these|this)
      (?:become|be) an? (?:\w{1,20} )?(?:expert|pro|master|ninja|millionaire)
      zero to (?:hero|pro) | from (?:beginner|zero|scratch) to | with [\w .#@-]{2,20}, you can
      you can (?:now|easily) | chat with (?:any|your) | (?:so|that) you can
      help (?:businesses|companies|teams|brands|people)
      (?:to|will) (?:grow|scale|boost|skyrocket|supercharge|improve|increase|streamline|level up) (?:your|their|business|sales|productivity)
      (?:faster|better|more) than ever
      more (?:sales|leads|customers|clients|followers|money|time)
      (?:unlock|unleash|supercharg|skyrocket|turbocharg|elevat|boost|enhanc|level(?:ing)? up|10x|transform|revolutioni[sz]|maximi[sz]|accelerat|master|grow|scal|automat)(?:e|es|ing)? (?:your|the (?:full|true|power|potential|art)|endless|hidden|previously|multiple)
      (?:launch|start|build|create|run) your (?:very )?own | full potential
      (?:save|saving) (?:you )?(?:hours|time|hundreds|\d{1,9} hours)
      (?:get|be|become|stay) (?:more )?(?:ahead|rich|productive|an expert|a pro\b)
      like a pro | competitive (?:advantage|edge) | goals? faster
      (?:help|let|allow|enable|show|teach|guid)\w{0,4} you
      you(?:'ll| will) (?:learn|get|discover|never|be able)
      en (?:solo |menos de )?\d{1,9} (?:minutos|segundos|clics) | em \d{1,9} minutos
      (?:aprend(?:e|er|as|a)|descubr(?:e|ir|as)) (?:a|como)
      ahorra(?:r|ras|s)? (?:tiempo|dinero|horas|mucho)
      tus? (?:ventas|clientes|contenido|trabajo|tiempo|ingresos) | economize
      gagne[rz] du temps | vos (?:ventes|clients) | tu (?:negocio|productividad|marca|empresa)
      (?:potencia|impulsa|multiplica|mejora|aumenta|lleva|transforma) tus? | desbloquea
      seu negocio | (?:potencialize|turbine|transforme|aumente) (?:seu|sua) | desbloqueie
      (?:boostez|transformez|optimisez|developpez) (?:votre|vos)`,
    cjk: anywhere`
      [轻輕][松鬆](?:[赚賺]|搞|学|實|实|上手|拿) | 逆[袭襲] | [让讓][你您](?:轻|快速|成为|少走) | 助[你您](?!们) | [财財]富 | 量産
      (?:効率|生産性|売上|集客|収益)[^。\n]{0,6}(?:爆|アップ|上が|最大|倍) | 爆(?:上が|増|速) | あなたの
      (?:誰|だれ)でも(?:簡単|でき|すぐ|稼) | 劇的に`,
  },
  /** Words in which products are praised. */
  praise: {
    latin: words`
      next[ -]level
      the (?:world'?s )?(?:best|fastest|easiest|simplest|smartest|perfect|only|first|most (?:powerful|advanced|innovative)) (?:ai |online |and \w{1,20} )?(?:way|tool|app|platform|solution|place|choice|chatbot|assistant|guide|course)
      cutting[ -]edge | state-of-the-art solution | game[ -]?chang(?:er|ing) | revolutionary
      ground-?breaking | ultimate (?:guide|tool|solution|resource|\w{1,20} (?:guide|tool|hack))
      look no further | say goodbye to | future (?:of [\w# ]{2,30})?is here
      are you ready (?:to|for) | in (?:just |only )?(?:minutes|seconds) | it'?s that easy
      as easy as | without (?:any |writing )?(?:cod(?:e|ing)|experience|effort|skills)
      no (?:coding|experience) (?:needed|required|skills?) | step[- ]by[- ]step
      effortless(?:ly)? | hassle[- ]free | all[- ]in[- ]one | one[- ]stop
      best[- ]?sell(?:er|ing) | trusted by | world[- ]?(?:class|leading) | #1
      take .{0,30} to (?:the next|new) (?:level|heights)
      set to (?:change|transform|revolutioni[sz]e) | mind-?blowing
      siguiente nivel | proximo nivel | niveau superieur | paso a paso | passo a passo
      sin (?:esfuerzo|experiencia|programar) | revolucionari[oa]
      metodo (?:exacto|secreto|definitivo)`,
    cjk: anywhere`
      干[货貨] | 保姆[级級] | 一[键鍵]搞定 | [颠顛]覆 | 爆[单單款] | 最强 | 全[网網]最 | 最強 | 必見 | 圧倒的 | 徹底(?:解説|攻略)
      世界一
      完全(?:ガイド|版|攻略) | 神ツール | 裏(?:技|ワザ) | ノウハウ`,
  },
  /** Before it is too late. */
  urgency: {
    latin: words`
      \d{1,4} (?:seats?|spots?|places?|slots?|passes|openings|cupos|plazas|lugares) | (?:two|three|five|ten) (?:spots|openings|seats|slots)
      (?:spots?|slots?|doors?|seats?) (?:re)?open(?:ed|s)? | until (?:friday|sunday|monday|tonight) | counting down | last few | run,? don'?t walk
      ultimas? (?:horas|unidades|entradas) | plazo hasta | hasta (?:el )?(?:domingo|viernes|lunes|\d{1,2}) | antes de que se (?:acaben|agoten)
      until midnight | (?:this|today|one) week only | most (?:people )?will miss
      your competitors | left out | next \d{1,4} (?:people|users|buyers|members|orders)
      (?:next|for|within|in|proximas|por) (?:the )?(?:next )?(?:24|48|72) ?(?:h|hr|hrs|hours|horas|heures)
      (?:first|primer[oa]s) \d{2,4}\b (?:people|users|buyers|wallets|personas|members)
      before (?:i|we) (?:take|delete|remove)
      (?:don'?t|do not|can'?t|cannot) (?:miss|be left|get left|sleep on)
      don'?t (?:wait|be the one) | miss(?:ing)? out | left behind | last chance | hurry
      before it'?s (?:too late|gone)
      (?:ends?|starts?|closing|launching) (?:in \d|soon|tonight|today)
      while (?:supplies|stocks?|it) lasts?
      limited (?:time|spots?|seats?|supply|slots?|offer)
      only \d{1,9} (?:spots?|seats?|left|copies) | spots? left | today only
      ultima oportunidad | cerramos | solo (?:hoy|quedan) | so hoje | aujourd'hui seulement
      no te (?:lo |la )?pierdas | ultim[oa]s? (?:dias|plazas|horas|cupos)
      por tiempo limitado | plazas limitadas | nao perca | vagas limitadas | ultimas vagas
      ne (?:ratez|manquez) pas | places limitees`,
    cjk: anywhere`
      残り ?(?:枠|席|部)? ?\d | 早い者勝ち | 締め?切 | 最終日 | 今だけ | 先着 | 今週(?:まで|金曜) | 今月末まで | 後悔する前
      [满滿]了就 | 只(?:收|剩|[开開]放|找) ?\d? | [还還]剩 ?\d | 前 ?\d{1,5} ?名 | 下架 | 倒[数數] | [仅僅]限 | 今晚.{0,8}(?:公布|截止) | [后後][删刪]
      (?:今日|本日|明日).{0,8}まで
      (?:今晚|今天|明天|今日|明日).{0,10}截止 | 最[后後].{0,6}名[额額] | [错錯][过過](?:后悔|後悔|再等|就|等) | 不容[错錯][过過]
      最[后後](?:\d|[一二三])[天个個小] | [马馬]上(?:抢|搶|[领領]) | 手慢无 | [讲講]完就[删刪] | 名[额額]有限 | [倒最][计計][时時]
      見逃
      お早めに | 残り(?:わずか|\d) | 本日(?:限り|まで|締切) | (?:急げ|先着) | 知らないと(?:損|やばい|ヤバい) | 乗り遅れ`,
  },
  /** Speaks to the reader as a customer with a wish. */
  customer: {
    opening: opening`
      (?:do you |are you )?(?:want|wanna|looking|ready|struggling|tired|need|interested|curious|wondering|hoping)\b (?:to|of|with|in|for|about|how|help|more|an?)\b[^.\n]{0,90}[?!:]
      (?:looking|ready|struggling|tired) (?:to|for|of|with)
      (?:stop|quit) (?:wasting|struggling|paying) | imagine (?:being|having|if you)
      (?:do|did) you know (?:what|that|how|you) | what if you | quieres | buscas | necesitas
      cansad[oa] de | te gustaria | quer (?:aprender|saber|ganhar) | cansado de
      vous (?:voulez|cherchez) | envie de`,
    cjk: anywhere`
      (?:の方|さん|責任者)(?:へ|に朗報) | こんな方に | そんなあなた | あなたの[^。\n]{1,16}(?:します|可視化) | [福][音] | 你的(?:竞争对手|[競对]) | 你[还還]在等
      (?:^|[。!?\n] ?)(?:还在|還在|想要?|是不是|你[还還]在)[^。\n]{1,24}(?:[吗嗎么?])
      しませんか[?]? | いかがですか | (?:したい|欲しい|悩んでいる|困っている)(?:人|方)(?:は|に|へ|必)`,
    latin: words`
      (?:but )?(?:most|\d{2}% of) people (?:don'?t|do not|are (?:still|stuck|using)|have no) | (?:that'?s|this is) why i (?:built|made|created|wrote|put together) | la mayoria (?:de la gente )?no sabe
      why (?:are you |hire |pay )(?:still )?\w{1,12} | still paying | what are you waiting for | never \w{1,10} (?:a |an )?[^.\n]{1,24} again | imagine (?:waking|a world|what they)
      if you (?:ever )?(?:need|run|own|have) [^.\n]{1,40}(?:we|our|try|read) | (?:too expensive|broke student|need \w{1,12} \w{1,12} but)\b
      tu competencia | si (?:tienes|facturas|vendes) [^.\n]{1,40}(?:lee|agenda|esto|nuestr) | todavia (?:tomas|pagas|haces|pierdes)`,
  },
  /** The customers of firms: your business, your brand, your team. */
  business: {
    latin: words`
      (?:is|are|does|do) your (?:business|company|team|website|shop|store|customers?|clients)
      our (?:clients|customers|members)
      your (?:pdfs?|documents?|emails?|inbox|research|essays?|resume|cv|students|classroom|questions|ideas|imagination|creativity|life|day|phone|iphone|browser|knowledge|skills?|potential|goals?|dreams?|english|social media|posts?|blog|seo|copy(?:writing)?)
      (?:for|helping) (?:students|teachers|creators|freelancers|writers|developers|designers|entrepreneurs|solopreneurs|copywriters|everyone)
      sua (?:vida|rotina)
      your (?:own )?(?:business|brand|company|team|clients?|customers?|website|site|store|sales|audience|career|marketing|startup|industry|needs|data|workflow|productivity|content|portfolio|investments?|finances?)
      for (?:businesses|entrepreneurs|companies|marketers|agencies|startups|professionals|beginners)
      tu (?:vida|tiempo|contenido|perfil|dia) | tus (?:textos|clientes|redes|posts)
      votre (?:quotidien|contenu) | (?:tu|su) (?:negocio|empresa|marca|web|tienda)
      (?:votre|vos) (?:entreprise|marque|clients|activite|site)
      (?:seu|sua) (?:negocio|empresa|marca|site)`,
    cjk: anywhere`
      御社 | 貴社 | [你您]的(?:店|公司|[团團][队隊]|[企][业業]|[客][户戶]) | 企[业業]客[户戶] | 您的 | 中小企業
      お客様 | ビジネスパーソン`,
  },
  /** An agency or a freelancer looks for customers. */
  services: {
    latin: words`
      i(?:'ll| will) (?:write|do|build|make|design) (?:your|\d|you) | hire me | i coach | (?:1:1|one-on-one) (?:\w{1,12} )?coaching | consulting for
      (?:book|schedule) (?:a|your) (?:free )?(?:discovery |intro )?(?:call|reading|slot) | backlinks? | guest posts? | dofollow | portfolio ?: | packages from
      (?:get|real) (?:\d\S{0,6} )?(?:followers|likes|visitors) | disponible para | (?:diseno|traducimos|publicamos|subtitulamos|desarrollo) (?:tu|tus|logos?|webs?|y)
      presupuesto | entrega en \d | agenda una llamada | aumenta tus seguidores | asesor te llama
      (?:our|talk to (?:our|an)) (?:tutors|experts|team|specialists) | i help \w{1,20}
      plagiarism[- ]free
      we (?:build|create|design|develop|automate) (?:custom|your|ai|chatbots?|websites?|apps?)
      (?:contact|call|email) us | hire (?:me|us)
      we (?:offer|provide|specialize|deliver|help (?:you|businesses|companies|brands))
      i (?:offer|provide) (?:\w{1,20} )?(?:services?|help)
      our (?:services?|experts?|solutions?|agency|clients) | services? (?:include|available)
      free consultation | book a (?:call|demo) | get a quote | white[- ]label
      done[- ]for[- ]you
      (?:web|app|bot|essay|assignment|homework|academic|graphic) (?:design|development|writing|help)\b(?: services?)?
      commissions? (?:are )?open | pay someone
      nuestro equipo | agenda (?:una|tu) | (?:ofrecemos|nuestros servicios|contrata(?:me|nos))
      nossos servicos | nos services`,
    cjk: anywhere`
      代行 | 承ります | 導入企業 | フォロワー増 | (?:制作|作成).{0,8}(?:円|万) | 出品して | 代[过過写寫认認开做辦办] | 收[售购] | 出售 | [辅輔][导導] | 一[对對]一
      刷(?:粉|[赞讚]|播放) | 接.{0,6}[单單] | 案例看 | [养養][号號] | 量大从[优優] | 免[费費]演示 | 先[试試][后後][买買]
      [专專][业業](?:代|[团團][队隊]|定制) | 降重 | [论論]文(?:代|[润潤]色) | 详聊 | [详詳]谈 | 接[单單] | 承接 | 代[写寫做办辦开開]
      提供.{0,8}(?:服[务務]|搭建|定制) | 招(?:收)?代理 | 商[务務]合作
      (?:仕事|案件|お仕事).{0,4}(?:の依頼|募集|受付) | ご(?:依頼|相談|用命)`,
  },
  /** A product is presented. */
  presents: {
    opening: opening`
      meet | introducing | introduce | say hello to | presenting | announcing | present[ae]mos
      conoce | te presento | conheca | apresentamos | decouvrez`,
    latin: words`
      ai (?:writer|writing (?:tool|assistant)|copywriter|companion|tutor|platform|solution)s?
      (?:trading|sniper|arbitrage) bots? | download on | chrome extension | check us out
      is an? (?:new |free |ai|gpt|chatgpt|powerful|smart|advanced)[\w -]{0,24}(?:tool|app|assistant|platform|plugin|extension|software|bot|chatbot|solution)
      (?:excited|thrilled|proud|happy|delighted) to (?:announce|introduce|share|launch|offer|present)
      now (?:live|available) | early access | wait ?list | with the power of | new feature
      coming soon | (?:introducing|introduce) (?:to )?you | check (?:it|them|us) out
      is an? (?:intelligent|ai[- ]powered|powerful|smart|all-in-one|revolutionary|innovative|utility)
      (?:ai|gpt|chatgpt)[- ]powered | powered by | app for (?:iphone|ios|android)
      (?:on|in) (?:the )?(?:app|play) store
      ya disponible | disponible (?:ya|ahora) | ja disponivel | desormais disponible`,
    cjk: anywhere`
      登場 | 提供(?:開始|中) | (?:公[开開]|[内內])[测測] | 正式上[线線] | (?:隆重|全新)(?:推出|上[线線]) | 新(?:発売|登場)
      リリース(?:しました|です) | ついに登場`,
  },
  /** An order to the reader, as slogans begin. */
  imperative: {
    opening: opening`
      get | grab | enrol{1,2} | register | subscribe | order | build | create | launch | discover | boost | start | stop | save | automate | turn
      train | write | enjoy | experience | unlock | learn | grow | upgrade | transform | join
      master | enhance | improve | empower | generate | simply | say | let | meet
      introducing | aprende | crea | genera | consigue | descubre | mejora | aprenda | crie
      apprenez | creez`,
  },
  /** What its teller did and felt: talk, not sale. */
  experience: {
    latin: words`
      i (?:asked|tried|used|use|was|had|got|read|bought|think|thought|feel|felt|wonder|love|hate|saw|paid|took|told|don'?t|can'?t|didn'?t|just (?:asked|tried|used|got))
      my (?:wife|kid|friend|boss|mom|dad|job|students?|teacher) | lol | lmao | haha
      me (?:parece|ha) | le (?:pregunte|pedi) | estoy | creo que | kkk | mdr
      j'ai (?:demande|essaye|teste) | je (?:pense|crois)`,
    cjk: anywhere`
      我(?:[觉覺]得|[试試]|用了|[买買]了|也|今天|昨天|感[觉覺]|在用) | 哈哈 | 笑死 | 草$ | (?:笑|ww)$
      使ってみた | 聞いてみ | やってみ | 思(?:う|った|って|い) | かも | だな[ぁあー]?(?:$|[。\n])`,
  },
  /** Asks for advice. */
  asks: {
    latin: words`
      should i | is it worth | worth (?:it|the) | (?:does|has|is) any(?:one|body)
      any(?:one|body) (?:know|tried|else|here|making) | how much | any recommendations?
      alguien | vale la pena | alguem | quelqu'un`,
    cjk: anywhere`
      (?:有没有|有人|[请請][问問]|求推[荐薦]|值得|值不值|多少[钱錢]|怎么看)
      (?:ありますか|でしょうか|知りません|教えてください|どう思)`,
  },
  /** Speaks about advertising and fraud. */
  critique: {
    latin: words`
      fined | sued | arrested | regulators? | promised | countdown timer | cancelled | unsubscribed | multa | advierte | estafan? | timo
      scam(?:s|mers?|my)? | frauds? | grift(?:s|ers?)? | fake | spam(?:mers?)?
      rug ?(?:pull|ged) | ponzi | beware | be careful | careful | warning | hype
      phish(?:ing)? | shill(?:s|ing)? | no (?:giveaway|token|airdrop)
      never (?:do|did|asks?|asked|will) | stop falling
      estafas? | timo | cuidado | golpe | arnaques?`,
    cjk: anywhere`
      退[订訂款] | [涨漲](?:到|[价價]) | 翻[车車] | [盗盜]刷 | 收割 | [后後]悔 | 逮捕 | 気をつけて | 終わり(?:。|$) | ←
      割韭菜 | [骗騙] | [诈詐][骗騙] | 小心 | 警惕 | [当當]心 | 智商[税稅] | [虚虛]假 | 垃圾 | [广廣]告 | 詐欺 | 注意喚起 | 胡散臭
      怪しい | 騙され | うさんくさ | スパム`,
  },
  /** Tells what others said or did. */
  report: {
    latin: words`
      according to | reports|reported(?:ly)? | said
      says (?:that|it|its|the|an?|his|her|he|she) | told | announced | announces | reuters
      bloomberg | techcrunch | study | researchers? | survey | lawsuit | sued | bans? | banned
      via @
      segun | anuncio | anuncia | estudio | investigadores | selon | segundo`,
    cjk: anywhere`
      [据據][^。\n]{0,8}(?:[报報][道导]|消息|悉) | [记記]者 | 日[电電讯訊] | [报報]道 | [宣公][布佈] | 発表 | 報道 | 調査
      記者
      によると | ニュース`,
  },
  /** What a maker tells who has made something. */
  making: {
    latin: words`
      open[- ]?sourced? | github | repo(?:sitory)? | changelog | benchmarks? | arxiv | papers?
      docs | pull requests? | apache | mit licen[sc]e | bug(?:s|fix)? | v\d{1,9}(?:\.\d{1,4}){0,3}
      \d{1,9}\.\d{1,9}\.\d{1,9} | i (?:built|wrote|made|released|published)
      we (?:built|released|shipped|trained|measured|open) | feedback | parameters
      context window | api
      hice | codigo abierto | he publicado`,
    cjk: anywhere`
      [开開]源 | [仓倉][库庫] | [论論]文 | 反[馈饋] | [测測][试試] | [发發]布了 | [参參][数數] | 上下文
      我(?:做|[写寫]|[开開][发發])了 | 論文 | 感想
      公開しました | 作(?:った|りました) | オープンソース`,
  },
} satisfies Record<string, Concept>;

export type ConceptName = keyof typeof CONCEPTS;

/** Asks a text, once folded, whether it speaks of a concept. */
export function speaker(text: string): (concept: ConceptName) => boolean {
  const isWide = /[\u3040-\u30FF\u3400-\u9FFF]/.test(text);
  return (name) => {
    const { opening: first, latin, cjk }: Concept = CONCEPTS[name];
    return (
      latin?.test(text) === true ||
      first?.test(text) === true ||
      (isWide && cjk?.test(text) === true)
    );
  };
}

/**
 * Small letters without accents and without the fancy letters of advertisers (𝗙𝗥𝗘𝗘). Japanese voiced
 * kana stay whole. Apple's AirDrop, in Apple's spelling, is not an airdrop.
 */
export function fold(text: string): string {
  return text
    .replaceAll('AirDrop', '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]+/g, '')
    .normalize('NFC')
    .toLowerCase();
}
