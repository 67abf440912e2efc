/** Why a run failed, told in three parts: what happened, what was kept, what to do next. */
export const failures = {
  model_unavailable: ['The model did not answer.', 'Try again in a minute.'],
  own_key_refused: [
    'The model refused your organization’s own key, or its address.',
    'Ask an admin to check the key in the organization’s model settings.',
  ],
  model_refused: ['The model declined this request.', 'Say it in another way.'],
  budget_used_up: ['The run reached the most it may cost.', 'Continue with another message.'],
  too_many_steps: ['The run reached its limit of steps.', 'Continue with another message.'],
  out_of_time: ['The run took longer than it may.', 'Continue with another message.'],
  same_error: [
    'The same error came back after its repair, so the run stopped.',
    'Try another way, take the code as it is, or ask about it. The repairs cost you nothing.',
  ],
  checks_failed: [
    'The app still fails its checks after three repairs.',
    'Ask for a fix, or restore an earlier version.',
  ],
  overtaken: [
    'The project got a newer version while this run worked.',
    'Send the message again to build on that version.',
  ],
  storage_full: [
    'The project may store no more, so what this run made could not be saved.',
    'Choose a larger tier under /pricing, then send the message again.',
  ],
  set_aside: [
    'The run was stopped, and the project may store no more than it does.',
    'Choose a larger tier under /pricing: what was made becomes a version by itself.',
  ],
  sandbox_lost: ['The sandbox could not be brought back.', 'Try again; your code is stored safely.'],
  platform_fault: ['Something broke on our side.', 'Try again; you were not charged for this run.'],
} as const satisfies Record<string, readonly [happened: string, next: string]>
