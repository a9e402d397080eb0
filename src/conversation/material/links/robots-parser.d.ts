/** What is used of `robots-parser`. Its own types describe a default export that Node, which loads its CommonJS, does not see. */
declare module 'robots-parser' {
  interface Robots {
    isAllowed(url: string, agent: string): boolean | undefined;
  }
  function robotsParser(address: string, text: string): Robots;
  export = robotsParser;
}
