package io.gilgamesh;

/**
 * The counters of a pool, read at one moment.
 *
 * @param size how many contexts it has at most
 * @param idle contexts that are ready to be leased
 * @param leased contexts that are leased
 * @param waiting threads that wait for a lease
 * @param leases leases granted since the pool was opened
 * @param timeouts leases that were not granted in time
 * @param replaced contexts that were closed because they were broken; others take their places
 */
public record PythonPoolStats(
    int size, int idle, int leased, int waiting, long leases, long timeouts, long replaced) {}
