package org.oathbound.token.control;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;

/** Counts what is asked of a directory, and lets readers be overtaken. */
public final class WatchedDirectory {

    private static final Set<String> NEITHER = Set.of("suffix", "together", "takesWrites");

    private final Directory directory;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicReference<Runnable> overtaking = new AtomicReference<>(() -> {});

    public WatchedDirectory(Directory directory) {
        this.directory = directory;
    }

    /** The directory as those see it who are watched. */
    public Directory watched() {
        return (Directory) Proxy.newProxyInstance(
                Directory.class.getClassLoader(),
                new Class<?>[] {Directory.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    public int reads() {
        return reads.get();
    }

    public int writes() {
        return writes.get();
    }

    public void forget() {
        reads.set(0);
        writes.set(0);
    }

    /** The next one who reads an entry is overtaken by this before it has the answer; only that one. */
    void overtakeNext(Runnable faster) {
        overtaking.set(faster);
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        boolean readsEntry = name.equals("read");
        if (readsEntry || name.equals("page")) {
            reads.incrementAndGet();
        } else if (!NEITHER.contains(name)) {
            writes.incrementAndGet();
        }
        Runnable faster = readsEntry ? overtaking.getAndSet(() -> {}) : () -> {};
        try {
            Object answer = method.invoke(directory, arguments);
            faster.run();
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
