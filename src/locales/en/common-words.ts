/** What tells the language of a short message: its function words, and what people say about videos. */
export const commonWords = `the and make this with for my into about from add a of to video please create turn some in is it
  on at faster slower change remove title music show you your we our are be can should will would
  have has had was were not no more less all one two three when what how where who why there here
  then than that these those them they he she his her up down out over under after before first
  last next good better best big small long short every each just only like also very want
  need let keep put take give get use using end start scene clip text voice sound color colour
  picture image photo background people day night time run runs happy birthday story website thing
  things`;
