package org.oathbound;

/**
 * What {@code java -jar oathbound.jar} runs. It is compiled for Java 8, so that an older Java than the one that is needed can
 * say so in a sentence instead of an {@code UnsupportedClassVersionError}.
 */
public final class Main {

    private static final int NEEDED = 21;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String found = System.getProperty("java.specification.version");
        if (version(found) < NEEDED) {
            System.err.println("Oathbound needs Java " + NEEDED + " or newer (25 is recommended), and this is Java " + found
                    + ", in " + System.getProperty("java.home") + ". Start it with the java of a newer one.");
            System.exit(1);
        }
        Class.forName("org.oathbound.operations.launcher.Launcher")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    /** 8 for "1.8", 21 for "21". */
    private static int version(String specification) {
        return Integer.parseInt(specification.startsWith("1.") ? specification.substring(2) : specification);
    }
}
