/** What the platform and its publishers have agreed on. */
export interface MarketTerms {
  /** Percent of the net price that the platform keeps, unless the publisher has terms of its own. */
  feePercent: number;
  /** Days that a publisher's share rests before it is transferred: most refunds come within them. */
  holdDays: number;
}

export const MARKET_TERMS: MarketTerms = { feePercent: 15, holdDays: 14 };

/** Publisher of the plugins that are the platform's own: everything is its income. */
export const OWN_PUBLISHER = 'Bazaar';
