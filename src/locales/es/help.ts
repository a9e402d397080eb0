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
      '**En este hilo**: escribe lo que quieres cambiar, o `exportar`, `versiones`, `subtítulos`, `estado`, `créditos`, `detener`, `nuevo`, `ayuda`. Si un mensaje empieza con `//`, no le hago caso.',
      '**Antes de gastar nada**: añade `primero el plan` a lo que pides y verás qué se hará.',
      `**Archivos**: ${kinds}, hasta ${bytes(limit)} cada uno.`,
      '**Varios archivos**: numera lo que quieres para cada uno, o empieza con `cada uno:`, y de cada archivo sale un video propio.',
      `**Consejo**: ${tip}`,
      `**Perfil**: ${title}`,
      ...notes,
    ].join('\n'),
};
