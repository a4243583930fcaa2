export {
  cancelSession,
  keypadCtx,
  readPaymentSession,
  requestField,
  sendSessionLink,
  submitSession,
} from './acts';
export {
  type AgentCall,
  type AgentContext,
  COMMON_CURRENCIES,
  readAgentCall,
  readAgentContext,
} from './agent-context';
export { createPaymentSession, preparePaymentSession, type SessionOptions } from './create';
export {
  type AgentBoard,
  type AgentBoardRow,
  type AgentDesk,
  readAgentBoard,
  readAgentDesk,
  type SessionMay,
} from './desk';
export { driveSession, watchSession } from './drive';
export { receiveCallNews } from './news';
export { recordProgress } from './progress';
export { recordKeypad } from './report';
export { prepareSwitch, switchSession } from './switch';
