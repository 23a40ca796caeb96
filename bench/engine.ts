import '../test/support/engineEnvironment';
import './ordinaryLog';

export { startEngine, type Engine } from '../test/support/engine';
