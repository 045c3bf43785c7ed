package org.oathbound.directory;

import com.unboundid.ldap.sdk.Entry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what is asked of a directory, and lets readers be overtaken. */
public final class WatchedDirectory {

    private static final Set<String> NEITHER = Set.of("suffix", "together", "takesWrites");

    private final WholeDirectory directory;
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> overtaking = new AtomicReference<>(() -> {});

    public WatchedDirectory(WholeDirectory directory) {
        this.directory = directory;
    }

    /** The directory as those see it who are watched. */
    public WholeDirectory watched() {
        return (WholeDirectory) Proxy.newProxyInstance(
                WholeDirectory.class.getClassLoader(),
                new Class<?>[] {WholeDirectory.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    public int reads() {
        return read.size();
    }

    public int writes() {
        return written.size();
    }

    /** The names of the entries that were read, as often as they were. */
    public List<String> read() {
        return List.copyOf(read);
    }

    /** The names of the entries that were written, as often as they were. */
    public List<String> written() {
        return List.copyOf(written);
    }

    public void forget() {
        read.clear();
        written.clear();
    }

    /** The next one who reads an entry is overtaken by this before it has the answer; only that one. */
    public void overtakeNext(Runnable faster) {
        overtaking.set(faster);
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        boolean readsEntry = name.equals("read");
        if (readsEntry || name.equals("page")) {
            read.add(name(arguments));
        } else if (!NEITHER.contains(name)) {
            written.add(name(arguments));
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

    private static String name(@Nullable Object @Nullable [] arguments) {
        Object first = arguments == null ? "" : arguments[0];
        return first instanceof Entry entry ? entry.getDN() : String.valueOf(first);
    }
}
