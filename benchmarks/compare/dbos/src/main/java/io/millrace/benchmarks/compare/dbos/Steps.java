package io.millrace.benchmarks.compare.dbos;

/** What is registered with DBOS: an interface, because DBOS puts a proxy before it. */
public interface Steps {
    /** So many steps one after the other, each of which returns the payload. */
    String steps(int number, String payload);
}
