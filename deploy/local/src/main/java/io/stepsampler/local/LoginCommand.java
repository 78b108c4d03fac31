package io.stepsampler.local;

import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.local.stack.StackOptions;
import io.stepsampler.messages.ApiKey;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        description =
                "Stores the API key of a server, so that other commands with --server or STEPSAMPLER_SERVER use it."
                        + " The key is taken from STEPSAMPLER_API_KEY, else asked for, else read from standard input.")
final class LoginCommand implements Callable<Integer> {

    @Parameters(paramLabel = "URL", description = "address of the server, such as https://stepsampler.example.com")
    private String address = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI server = ServerChoice.address("URL", address);
        String apiKey = apiKey();
        if (ApiKey.parse(apiKey).isEmpty()) {
            throw Complaint.refused("what was given is no API key; a key is stps_, 10 characters, _ and 43 characters");
        }
        Connection connection = new Connection(server, apiKey);
        ServerChoice.warnOfPlainHttp(connection);
        KeyHolder holder = new CoordinatorClient(connection).keyHolder();
        new Credentials(StackOptions.defaultFolder()).store(server, apiKey);
        System.out.println(
                "logged in to " + server + " as " + holder.name() + ", " + holder.role() + " of team " + holder.team());
        return ExitCodes.FOUND;
    }

    /** A console that is there without a terminal, as in later versions of Java, reads standard input too. */
    @SuppressWarnings("SystemConsoleNull")
    private static String apiKey() throws IOException {
        Optional<String> ofEnvironment = ServerChoice.keyOfEnvironment();
        if (ofEnvironment.isPresent()) {
            return ofEnvironment.get();
        }
        Console console = System.console();
        if (console != null) {
            char[] typed = console.readPassword("API key: ");
            return typed == null ? "" : new String(typed).strip();
        }
        String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return line == null ? "" : line.strip();
    }
}
