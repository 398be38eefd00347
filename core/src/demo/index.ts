export { createDemo, type DemoDependencies } from './create-demo.ts';
export { DEMO_OPERATOR, DEMO_PASSWORD, DEMO_TENANTS } from './demo-tenants.ts';
