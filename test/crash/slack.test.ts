/** SIGKILL of the real process, at work in Slack, where it matters: around each thing that must happen once. */
import { slackChat } from '../doubles/crash-chats.ts';
import { aroundTheDelivery, aroundTheExport, aroundTheSend } from './kill-points.ts';
import { inScene, tellCrashes } from './tell-crashes.ts';
import { tellLostAnswers } from './tell-lost-answers.ts';

const scene = inScene(slackChat);

tellCrashes(scene, [...aroundTheSend, ...aroundTheExport, ...aroundTheDelivery]);
tellLostAnswers(scene);
