package io.millrace.standalone.sample;

/** Remembers how often something has failed already, across runs, workers and restarts. */
@FunctionalInterface
interface FailureBudget {
    /**
     * Takes one failure, if there is one left.
     *
     * @param key whose failures are counted together
     * @param allowed how many failures there are in all
     * @return whether to fail; the failure is then durably counted
     */
    boolean take(String key, int allowed) throws Exception;
}
