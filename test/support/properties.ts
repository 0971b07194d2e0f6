import fc from 'fast-check';

/** One seed for every property, so that a run can be repeated; `FC_SEED=...` tries other cases. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
