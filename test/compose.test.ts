/** What compose.yaml starts: the bot alone as before, and with its profile several on a PostgreSQL. No Docker is needed to read it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  EVENTS_PATH,
  INSTALL_PATH,
  REDIRECT_PATH,
} from '../src/platforms/slack/registered-names.ts';
import { readSettings } from '../src/settings/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const text = readFileSync(path.join(ROOT, 'compose.yaml'), 'utf8');
const dockerfile = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8');

/** Of the Compose specification what is used here, and nothing besides: a key with a typing error is none. */
const service = z.strictObject({
  build: z.literal('.').optional(),
  image: z
    .string()
    .regex(/^[a-z]+:\d+\.\d+(?:\.\d+)?$/)
    .optional(),
  profiles: z.array(z.literal('replicas')).optional(),
  env_file: z.literal('.env').optional(),
  environment: z.record(z.string(), z.string()).optional(),
  command: z.array(z.string()).optional(),
  restart: z.literal('unless-stopped'),
  read_only: z.literal(true).optional(),
  tmpfs: z.array(z.literal('/tmp')).optional(),
  cap_drop: z.array(z.literal('ALL')).optional(),
  security_opt: z.array(z.literal('no-new-privileges:true')),
  init: z.literal(true).optional(),
  stop_signal: z.string().optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  depends_on: z
    .union([
      z.array(z.string()),
      z.record(
        z.string(),
        z.strictObject({ condition: z.literal('service_healthy'), required: z.literal(false) }),
      ),
    ])
    .optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[\w/]+$/)).optional(),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string(),
    })
    .optional(),
});
const file = z.strictObject({
  services: z.record(z.string(), service),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
  volumes: z.record(z.string(), z.null()),
});

/** As Compose fills in what stands in the environment or in .env. */
const filled = (env: Readonly<Record<string, string>>) =>
  file.parse(
    parse(
      text.replaceAll(
        /\$\{(\w+):-([^}]*)\}/g,
        (_, name: string, otherwise: string) => env[name] ?? otherwise,
      ),
    ),
  );
const REPLICAS = {
  NEMO_BOT_PORTS: '127.0.0.1:3000-3015',
  POSTGRES_PASSWORD: 'a-password',
  PUBLIC_HOST: 'bot.example.com',
};

test('alone, the bot is all that is started, at the port and with the volume that it had', () => {
  const { services } = filled({});
  const started = Object.entries(services).filter(([, { profiles }]) => !profiles);
  expect(started.map(([name]) => name)).toEqual(['nemo-bot']);
  expect(services['nemo-bot']).toMatchObject({
    build: '.',
    env_file: '.env',
    ports: ['127.0.0.1:3000:3000'],
    volumes: ['data:/app/data'],
  });
});

test('the bot writes to its volume and to memory alone, and has no rights of root’s', () => {
  expect(filled({}).services['nemo-bot']).toMatchObject({
    read_only: true,
    tmpfs: ['/tmp'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
});

test('what it refers to is there, and only what has a use', () => {
  const { services, volumes, configs } = filled(REPLICAS);
  const all = Object.values(services);
  const used = new Set(all.flatMap((one) => one.volumes ?? []).map((one) => one.split(':')[0]));
  expect([...used].sort()).toEqual(Object.keys(volumes).sort());
  expect(all.flatMap((one) => one.configs ?? []).map(({ source }) => source)).toEqual(
    Object.keys(configs),
  );
  const needed = all.flatMap(({ depends_on = [] }) =>
    Array.isArray(depends_on) ? depends_on : Object.keys(depends_on),
  );
  expect(needed.filter((name) => !(name in services))).toEqual([]);
  expect(text.includes('latest')).toBe(false);
});

test('a stop leaves the bot the time that it takes for itself', () => {
  const { shutdownGraceMs } = readSettings({ NEMO_TOKEN: 'nmv_usr_x', PLAYGROUND: 'on' });
  const { stop_grace_period: grace = '0s' } = filled({}).services['nemo-bot'] ?? {};
  expect(Number.parseInt(grace, 10) * 1_000).toBeGreaterThan(shutdownGraceMs);
});

test('the settings that its head names fit together, and are all that it asks for', () => {
  const shown = Object.fromEntries(
    [...text.matchAll(/^# {3}([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(shown).toMatchObject(REPLICAS);
  const { database } = readSettings({ NEMO_TOKEN: 'nmv_usr_x', PLAYGROUND: 'on', ...shown });
  if (database.kind !== 'postgres') throw new Error('the database is to be a PostgreSQL');
  const { postgres } = filled(shown).services;
  const { username, password, hostname, pathname } = new URL(database.url);
  expect(hostname).toBe('postgres');
  expect(postgres?.environment).toEqual({
    POSTGRES_USER: username,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB: pathname.slice(1),
  });
  for (const [, name = ''] of text.matchAll(/\$\{(\w+)/g)) expect(shown).toHaveProperty(name);
});

test('the balancer lets through what Slack calls, and goes to the port that the image opens', () => {
  const content = filled(REPLICAS).configs['balancer']?.content ?? '';
  expect(content.split('\n')[0]).toBe('bot.example.com {');
  expect(/@slack path (.+)/.exec(content)?.[1]?.split(' ')).toEqual([
    EVENTS_PATH,
    INSTALL_PATH,
    REDIRECT_PATH,
  ]);
  const port = /^EXPOSE (\d+)$/m.exec(dockerfile)?.[1];
  expect(content).toContain(`dynamic a nemo-bot ${port} {`);
  expect(content.split('{').length).toBe(content.split('}').length);
});
