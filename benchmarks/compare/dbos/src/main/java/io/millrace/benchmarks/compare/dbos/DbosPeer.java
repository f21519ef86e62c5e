package io.millrace.benchmarks.compare.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.DBOSClient;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.execution.ThrowingSupplier;
import dev.dbos.transact.workflow.ListWorkflowsInput;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.QueueOptions;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.dbos.transact.workflow.WorkflowState;
import io.millrace.benchmarks.compare.driver.Peer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workflows in the caller's process are started directly; those for another process are enqueued by DBOS's client, and taken from the queue by the
 * worker's poll. All settings are DBOS's own defaults: 10 connections for each process, queues polled once a second, no limit on what runs.
 */
public final class DbosPeer implements Peer {
    /** The setting that says where PostgreSQL is, as a JDBC URL. */
    public static final String JDBC_URL = "jdbc.url";

    /** The user, who needs no password. */
    public static final String USER = "jdbc.user";

    /** The same in all processes, because a worker takes only workflows of its own version. */
    private static final String APPLICATION_VERSION = "compare-1";

    /** Seldom enough to cost the database nothing, often enough for a drain of seconds. */
    private static final long LOOK_AGAIN_MS = 50;

    private @Nullable DBOS dbos;
    private @Nullable Steps steps;
    private @Nullable DBOSClient client;

    /** Made by name, in the driver's process. */
    public DbosPeer() {}

    @Override
    public void open(Role role, Map<String, String> settings) {
        String url = settings.get(JDBC_URL);
        String user = settings.get(USER);
        if (role == Role.CALLER) {
            client = new DBOSClient(url, user, "");
            return;
        }
        DBOS started = new DBOS(DBOSConfig.defaults("compare")
                .withDatabaseUrl(url)
                .withDbUser(user)
                .withDbPassword("")
                .withAppVersion(APPLICATION_VERSION));
        steps = started.registerProxy(Steps.class, new StepsWorkflow(started));
        if (role == Role.WORKER) {
            started.registerQueue(new Queue(QUEUE));
        }
        started.launch();
        dbos = started;
    }

    @Override
    public String run(int number, String payload) {
        Steps local = steps;
        if (dbos == null || local == null) {
            return enqueue(QUEUE, number, payload).getResult();
        }
        ThrowingSupplier<String, RuntimeException> call = () -> local.steps(number, payload);
        return dbos.startWorkflow(call).getResult();
    }

    @Override
    public void enqueue(String payload) {
        enqueue(BACKLOG, 1, payload);
    }

    @Override
    public void serveBacklog() {
        if (dbos == null) {
            throw new IllegalStateException("this process only calls");
        }
        dbos.registerQueue(BACKLOG, QueueOptions.empty());
    }

    @Override
    public void awaitDrained() throws InterruptedException {
        ListWorkflowsInput open = new ListWorkflowsInput()
                .withQueueName(BACKLOG)
                .withStatus(WorkflowState.ENQUEUED, WorkflowState.PENDING)
                .withLoadInput(false)
                .withLoadOutput(false)
                .withLimit(1);
        while (!client().listWorkflows(open).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
    }

    @Override
    public String version() {
        return DBOS.version();
    }

    private WorkflowHandle<String, RuntimeException> enqueue(String queue, int number, String payload) {
        DBOSClient.EnqueueOptions options = new DBOSClient.EnqueueOptions(
                        StepsWorkflow.NAME, StepsWorkflow.class.getName(), queue)
                .withAppVersion(APPLICATION_VERSION);
        return client().enqueueWorkflow(options, new Object[] {number, payload});
    }

    private DBOSClient client() {
        if (client == null) {
            throw new IllegalStateException("this process has no client");
        }
        return client;
    }
}
