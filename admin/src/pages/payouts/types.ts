export interface PublisherView {
  id: string;
  name: string;
  account: string | null;
  state: 'none' | 'onboarding' | 'restricted' | 'enabled';
  requirements: string[];
  feePercent: number | null;
  email: string | null;
  country: string | null;
}

/** Amounts in minor units. */
export interface ReportLine {
  publisher: string;
  currency: string;
  sales: number;
  tax: number;
  platformFee: number;
  share: number;
  transferred: number;
  paidOut: number;
  held: number;
  /** Negative: the publisher owes it. */
  due: number;
}

/** What pressing the button has done. */
export interface TransferRun {
  sent: number;
  waiting: number;
  reversed: number;
}
