import type { HelpWords } from '../en/help.ts';
import { bytes } from './numbers.ts';

export const help: HelpWords = {
  tryExample: (n) => `Probar el ejemplo ${n}`,
  help: ({ title, greeting, examples, tip, kinds, limit, notes }) =>
    [
      greeting,
      '',
      '**Puedes decir, por ejemplo**',
      ...examples.map((e) => `- ${e}`),
      '',
      '**En este hilo**: escribe lo que quieres cambiar, o `exportar`, `estado`, `créditos`, `detener`, `nuevo`, `ayuda`. Si un mensaje empieza con `//`, no le hago caso.',
      `**Archivos**: ${kinds}, hasta ${bytes(limit)} cada uno.`,
      '**Varios archivos**: numera lo que quieres para cada uno, o empieza con `cada uno:`, y de cada archivo sale un video propio.',
      `**Consejo**: ${tip}`,
      `**Perfil**: ${title}`,
      ...notes,
    ].join('\n'),
};
