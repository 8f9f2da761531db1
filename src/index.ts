// The published surface, name by name: what a course or a tool may build on. Everything else may change without notice.
export { type CheckOptions, checkScenario } from './check/check-scenario.js';
export type { Failure, Finding, Report, Verdict } from './check/report.js';
export { DEFAULT_LINK } from './check/verdicts.js';
export { lintScenario } from './scenario/lint-scenario.js';
export { type ParsedScenario, parseScenario } from './scenario/parse.js';
export { RunDefect } from './scenario/play/run-defect.js';
export type { Asked, AskedOption } from './scenario/questions/asked.js';
export { type Opened, type OpenOptions, openRun, type Run } from './scenario/run.js';
export type { Scenario } from './scenario/schema/schema.js';
export { formatProblem, type Problem, type ProblemCode } from './scenario/text/problems.js';
export type {
  CallReason,
  CandidateView,
  DeliveryReason,
  EndpointView,
  HostView,
  LaneView,
  PacketView,
  Part,
  ProcessView,
  Reason,
  Scene,
  SocketView,
  StepView,
} from './trace/scene.js';
export { plainText } from './trace/scene.js';
