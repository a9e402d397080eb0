/**
 * Commands in languages that the bot does not speak itself: their names and what they are for, so that people find them.
 * What it answers is in a language of the catalogue.
 */
import type { DiscordWords } from '../../locales/en/discord.ts';

export type CommandTexts = Pick<DiscordWords, 'commands' | 'subjects' | 'fromMessage'> & {
  readonly account: Pick<DiscordWords['account'], 'deeds'>;
};

const fr: CommandTexts = {
  fromMessage: 'Faire une vidéo de ce message',
  commands: {
    project: { name: 'projet', description: 'Quel projet (sinon le dernier d’ici)' },
    image: { name: 'fichier', description: 'Une image, un clip, un son ou un document' },
    video: {
      name: 'vidéo',
      description: 'Transforme un script, des images ou des clips en vidéo',
    },
    script: { name: 'script', description: 'Le script, ou le sujet de la vidéo' },
    ratio: { name: 'format', description: 'Forme de l’image' },
    length: { name: 'durée', description: 'Durée en secondes' },
    language: { name: 'langue', description: 'Langue de la vidéo' },
    voice: {
      name: 'voix',
      description: 'Qui parle, et comment : « une femme calme », « sans voix »',
    },
    music: { name: 'musique', description: 'Quelle musique : « piano doux », « aucune »' },
    style: { name: 'style', description: 'L’aspect : « aquarelle », « comme un documentaire »' },
    each: { name: 'chacun', description: 'Une vidéo pour chaque fichier' },
    plan: { name: 'plan-d-abord', description: 'Montrer un plan avant de faire quoi que ce soit' },
    private: { name: 'privé', description: 'Seulement entre nous, en message privé' },
    resolution: { name: 'résolution', description: 'Par exemple 1080p' },
    credits: { name: 'crédits', description: 'Combien de crédits il reste' },
    status: { name: 'état', description: 'Où en est un projet' },
    export: { name: 'exporter', description: 'Exporte le projet en MP4' },
    versions: { name: 'versions', description: 'Les vidéos terminées d’un projet' },
    help: { name: 'aide', description: 'Ce que je sais faire, avec des exemples' },
    new: { name: 'nouveau', description: 'Commence un nouveau projet dans ce fil' },
    stop: { name: 'arrêter', description: 'Arrête ce qui est en cours' },
    settings: {
      name: 'réglages-vidéo',
      description: 'Comment les vidéos sont faites dans ce salon ; les admins peuvent le changer',
    },
    profile: { name: 'profil', description: 'Le profil à utiliser désormais' },
    brand: { name: 'marque', description: 'La marque de ce salon : la voir ou la changer' },
    brandName: { name: 'nom', description: 'Comment elle s’appelle ; « - » l’enlève' },
    colours: { name: 'couleurs', description: 'Par exemple #2f6f4f #f4e9d8' },
    intro: { name: 'ouverture', description: 'La première phrase d’une vidéo' },
    outro: { name: 'fermeture', description: 'La dernière phrase d’une vidéo' },
    logo: { name: 'logo', description: 'Un PNG, JPEG, WebP ou GIF' },
    remove: { name: 'retirer', description: 'Retirer le logo, ou tout' },
    admin: {
      name: 'administrer',
      description: 'Ce qui est en cours, qui a dépensé quoi, mettre en pause, autoriser et refuser',
    },
    order: { name: 'ordre', description: 'Que faire ; sans ordre, le tableau est montré' },
    channel: { name: 'salon', description: 'Le salon à autoriser ou à refuser' },
    person: { name: 'personne', description: 'La personne à autoriser ou à refuser' },
    account: {
      name: 'compte',
      description: 'Quel compte NemoVideo paie, et connecter le vôtre',
    },
    do: { name: 'faire', description: 'Que faire ; sinon, voir ce qui est connecté' },
    forget: {
      name: 'oublier',
      description: 'Effacer ce que je garde : un projet, ou tout ce qui est à vous',
    },
    what: { name: 'quoi', description: 'Que faut-il effacer ; sinon un projet' },
    'export-data': {
      name: 'exporter-données',
      description: 'Un fichier de ce que je garde de vous',
    },
  },
  account: {
    deeds: {
      'connect-person': 'Connecter un compte pour moi',
      'connect-workspace': 'En connecter un pour ce serveur (admins)',
      'disconnect-person': 'Déconnecter le mien',
      'disconnect-workspace': 'Déconnecter celui du serveur (admins)',
    },
  },
  subjects: {
    thread: 'Ce projet',
    mine: 'Tout ce qui est à moi',
    workspace: 'Tout ce serveur (admins)',
  },
};

const portuguese: CommandTexts = {
  fromMessage: 'Fazer um vídeo com isto',
  commands: {
    project: { name: 'projeto', description: 'Qual projeto (se ficar vazio, o último daqui)' },
    image: { name: 'arquivo', description: 'Uma imagem, um clipe, um áudio ou um documento' },
    video: { name: 'vídeo', description: 'Transforma um roteiro, imagens ou clipes em vídeo' },
    script: { name: 'roteiro', description: 'O roteiro, ou o assunto do vídeo' },
    ratio: { name: 'formato', description: 'Forma da imagem' },
    length: { name: 'duração', description: 'Duração em segundos' },
    language: { name: 'idioma', description: 'Idioma do vídeo' },
    voice: { name: 'voz', description: 'Quem fala, e como: “uma mulher calma”, “sem voz”' },
    music: { name: 'música', description: 'Que música: “piano suave”, “nenhuma”' },
    style: { name: 'estilo', description: 'A aparência: “aquarela”, “como um documentário”' },
    each: { name: 'cada-um', description: 'Um vídeo para cada arquivo' },
    plan: { name: 'plano-antes', description: 'Mostrar um plano antes de fazer qualquer coisa' },
    private: { name: 'privado', description: 'Só entre nós, por mensagem direta' },
    resolution: { name: 'resolução', description: 'Por exemplo, 1080p' },
    credits: { name: 'créditos', description: 'Quantos créditos restam' },
    status: { name: 'status', description: 'Como anda um projeto' },
    export: { name: 'exportar', description: 'Exporta o projeto como MP4' },
    versions: { name: 'versões', description: 'Os vídeos prontos de um projeto' },
    help: { name: 'ajuda', description: 'O que eu sei fazer, com exemplos' },
    new: { name: 'novo', description: 'Começa um projeto novo neste tópico' },
    stop: { name: 'parar', description: 'Para o que está em andamento' },
    settings: {
      name: 'ajustes-de-vídeo',
      description: 'Como os vídeos são feitos neste canal; administradores podem mudar',
    },
    profile: { name: 'perfil', description: 'O perfil a usar de agora em diante' },
    brand: { name: 'marca', description: 'A marca deste canal: ver ou mudar' },
    brandName: { name: 'nome', description: 'Como se chama; “-” remove' },
    colours: { name: 'cores', description: 'Por exemplo #2f6f4f #f4e9d8' },
    intro: { name: 'abertura', description: 'A primeira frase de um vídeo' },
    outro: { name: 'encerramento', description: 'A última frase de um vídeo' },
    logo: { name: 'logotipo', description: 'Um PNG, JPEG, WebP ou GIF' },
    remove: { name: 'remover', description: 'Remover o logotipo, ou tudo' },
    admin: {
      name: 'administrar',
      description: 'O que está em andamento, quem gastou o quê, pausar, permitir e negar',
    },
    order: { name: 'ordem', description: 'O que fazer; sem ordem, o painel é mostrado' },
    channel: { name: 'canal', description: 'O canal que se permite ou nega' },
    person: { name: 'pessoa', description: 'A pessoa que se permite ou nega' },
    account: {
      name: 'conta',
      description: 'Que conta NemoVideo paga, e conectar a sua',
    },
    do: { name: 'fazer', description: 'O que fazer; se ficar vazio, mostra o que está conectado' },
    forget: {
      name: 'esquecer',
      description: 'Apagar o que guardo: um projeto, ou tudo o que é seu',
    },
    what: { name: 'o-quê', description: 'O que apagar; um projeto se ficar vazio' },
    'export-data': { name: 'exportar-dados', description: 'Um arquivo com o que guardo de você' },
  },
  account: {
    deeds: {
      'connect-person': 'Conectar uma conta para mim',
      'connect-workspace': 'Conectar uma para este servidor (administradores)',
      'disconnect-person': 'Desconectar a minha',
      'disconnect-workspace': 'Desconectar a do servidor (administradores)',
    },
  },
  subjects: {
    thread: 'Este projeto',
    mine: 'Tudo o que é meu',
    workspace: 'Todo este servidor (administradores)',
  },
};

/** By Discord's own names of the languages. */
export const TRANSLATIONS: Readonly<Record<string, CommandTexts>> = { fr, 'pt-BR': portuguese };
