/** SIGKILL of the real process, at work in Discord, where it matters: around each thing that must happen once. */
import { discordChat } from '../doubles/crash-chats.ts';
import { aroundTheDelivery, aroundTheExport, aroundTheSend } from './kill-points.ts';
import { inScene, tellCrashes } from './tell-crashes.ts';
import { tellLostAnswers } from './tell-lost-answers.ts';

const scene = inScene(discordChat);

tellCrashes(scene, [...aroundTheSend, ...aroundTheExport, ...aroundTheDelivery]);
tellLostAnswers(scene);
