package io.millrace.engine.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardedObserverTest {
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            String.class, "a",
            Topic.class, Topic.EVENTS,
            CommandOutcome.class, CommandOutcome.ACCEPTED,
            WorkflowStatus.class, WorkflowStatus.COMPLETED,
            StepOutcome.class, StepOutcome.FAILED,
            GrantKind.class, GrantKind.EAGER,
            long.class, 7L,
            int.class, 3,
            boolean.class, true);

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldTellEverythingAndGoOnWhateverIsThrown() throws Exception {
        for (Throwable failure : List.of(new IllegalStateException("full"), new NoClassDefFoundError("gone"))) {
            told.clear();
            EngineObserver guarded = new GuardedObserver(failing(failure));
            List<String> calls = new ArrayList<>();
            for (Method method : EngineObserver.class.getMethods()) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(ARGUMENTS::get)
                        .toArray();
                calls.add(inWords(method, arguments));
                method.invoke(guarded, arguments);
            }
            assertEquals(calls, told);
        }
    }

    private EngineObserver failing(Throwable failure) {
        return (EngineObserver) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EngineObserver.class}, (proxy, method, arguments) -> {
                    told.add(inWords(method, arguments == null ? new Object[0] : arguments));
                    throw failure;
                });
    }

    private static String inWords(Method method, Object[] arguments) {
        return method.getName() + Arrays.toString(arguments);
    }
}
