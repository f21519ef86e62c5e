package io.millrace.engine;

import java.util.SortedMap;

/**
 * What can be read off an engine instance at one moment.
 *
 * @param partitions how many partitions it has, those included that it restores
 * @param restoring how many records are still to come, about, of each partition that it restores
 * @param workers how many workers it knows to be alive; each instance hears of all
 * @param workerSlots how many workflows those run at once
 */
public record EngineReadings(int partitions, SortedMap<Integer, Long> restoring, int workers, long workerSlots) {}
