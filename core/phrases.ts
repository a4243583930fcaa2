/** Two plain words that staff read out and the page shows. 64 × 64 pairs: recognition, not a secret. */
const FIRST =
  'amber azure brave bright calm cedar clear cobalt coral crisp dapper early fair fine fresh gentle glad golden grand green happy honest ivory jade jolly keen kind lemon light lively lucky lunar mellow merry mild mint misty neat noble olive opal pearl plain plum proud pure quick quiet rapid robin rosy royal ruby sandy silver smart solar steady sunny swift tidy violet warm';
const SECOND =
  'anchor apple arrow atlas badge basil beacon birch bridge brook button candle canyon castle cherry clover comet copper cotton daisy desert falcon feather fern field forest garden ginger harbor hazel island jasmine kettle lantern laurel lilac maple marble meadow melon mirror nutmeg orchard otter paper pebble pepper pine planet pocket puzzle ribbon river saddle sail shell spruce sparrow thistle tulip valley velvet willow window';
const words = { first: FIRST.split(' '), second: SECOND.split(' ') };

/** The phrase for two random bytes. */
export const phraseOf = (a: number, b: number): string =>
  `${words.first[a % words.first.length]} ${words.second[b % words.second.length]}`;
