package io.millrace.engine.simulation;

import io.millrace.schemas.Credit;
import io.millrace.schemas.Grant;
import java.util.Map;
import java.util.TreeMap;

/** What must hold between what workers say that they can take, and what they are granted. */
final class CreditLaws {
    private final Map<String, Said> said = new TreeMap<>();

    /** What one worker has said to one partition, and been given by it. */
    private static final class Said {
        /** Up to this number it has offered to take grants, the furthest that it ever said. */
        private long furthest;

        private Credit last = new Credit(0L, 0, false);

        /** The number of the last grant that was committed. */
        private long given;
    }

    private Said of(String workerId, int partition) {
        return said.computeIfAbsent(workerId + " at p" + partition, unused -> new Said());
    }

    /** A worker's report is on a partition's topic. */
    void onSaid(String workerId, int partition, Credit credit) {
        Said each = of(workerId, partition);
        each.last = credit;
        each.furthest = Math.max(each.furthest, credit.getGrantsSeen() + credit.getFree());
    }

    /** A grant is on a worker's inbox, committed or not. */
    void onGranted(String workerId, Grant grant) {
        Said each = of(workerId, creditPartition(grant));
        Invariant.CREDIT.must(
                grant.getNumber() <= each.furthest,
                () -> workerId + " has offered to take " + each.furthest + ", and is granted " + RecordWords.of(grant));
    }

    void onCommitted(String workerId, Grant grant) {
        Said each = of(workerId, creditPartition(grant));
        each.given = Math.max(each.given, grant.getNumber());
    }

    private static int creditPartition(Grant grant) {
        return grant.getCreditPartition() == null ? grant.getPartition() : grant.getCreditPartition();
    }

    /** A worker that goes on after all has ended knows of every grant that was made to it. */
    void mustHaveSeenAll(String workerId) {
        for (int partition = 0; partition < SimulatedCluster.PARTITIONS; partition++) {
            Said each = of(workerId, partition);
            int number = partition;
            Invariant.CREDIT.must(
                    each.last.getGrantsSeen() >= each.given,
                    () -> workerId + " misses grant " + each.given + " of partition " + number + ": " + each.last);
        }
    }
}
