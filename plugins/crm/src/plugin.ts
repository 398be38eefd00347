import { definePlugin } from '@bazaar/sdk';
import type { Contract } from './contract.generated.ts';
import { createLead, getLead, listLeads, moveLead, pipeline, updateLead } from './leads.ts';
import { listOwners } from './owners.ts';
import { erasePerson, exportPerson } from './privacy.ts';

export default definePlugin<Contract>({
  actions: {
    'leads.list': listLeads,
    'leads.pipeline': pipeline,
    'leads.get': getLead,
    'owners.list': listOwners,
    'leads.create': createLead,
    'leads.update': updateLead,
    'leads.move': moveLead,
  },
  exportPerson,
  erasePerson,
});
