package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * A file of an HTTPS host. Redirects are followed, to configured hosts only, each address checked like the first.
 *
 * @param key where the search names the location
 */
record HttpsFile(HttpsRemote remote, String key, String location, URI address) implements RemoteFile {

    private static final int MOST_REDIRECTS = 5;
    private static final Pattern PLAIN_NAME = Pattern.compile("\\w[\\w.+-]{0,200}");
    private static final Set<Integer> REDIRECTS = Set.of(
            HttpStatus.SC_MOVED_PERMANENTLY,
            HttpStatus.SC_MOVED_TEMPORARILY,
            HttpStatus.SC_SEE_OTHER,
            HttpStatus.SC_TEMPORARY_REDIRECT,
            HttpStatus.SC_PERMANENT_REDIRECT);

    @Override
    public String name() {
        String path = String.valueOf(address.getPath());
        String last = path.substring(path.lastIndexOf('/') + 1);
        return PLAIN_NAME.matcher(last).matches() ? last : "file";
    }

    @Override
    public String identity() {
        return location;
    }

    /** Some hosts sign an address for reading alone: what refuses HEAD is left to the download to judge. */
    @Override
    public Optional<String> version() throws Refusal, IOException {
        try (ClassicHttpResponse response = follow(Method.HEAD)) {
            return response.getCode() == HttpStatus.SC_OK ? version(response) : Optional.empty();
        }
    }

    @Override
    public Download open() throws Refusal, IOException {
        ClassicHttpResponse response = follow(Method.GET);
        HttpEntity entity = response.getEntity();
        if (response.getCode() != HttpStatus.SC_OK || entity == null) {
            response.close();
            throw refusal(response.getCode());
        }
        InputStream content = entity.getContent();
        return new Download(content, entity.getContentLength(), version(response), response);
    }

    private ClassicHttpResponse follow(Method method) throws Refusal, IOException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            ClassicHttpResponse response = send(method, next);
            Header target = response.getFirstHeader(HttpHeaders.LOCATION);
            if (!REDIRECTS.contains(response.getCode()) || target == null) {
                return response;
            }
            response.close();
            next = remote.allowed(key, location, resolve(next, target.getValue()));
        }
        throw Refusal.badInput(key, location, "its host redirects more than " + MOST_REDIRECTS + " times");
    }

    private ClassicHttpResponse send(Method method, URI to) throws Refusal, IOException {
        try {
            return remote.send(
                    ClassicRequestBuilder.create(method.name()).setUri(to).build());
        } catch (GuardedLookup.Forbidden e) {
            throw Refusal.policy(key, location, String.valueOf(e.getMessage()));
        } catch (SSLException e) {
            if (isUntrusted(e)) {
                throw Refusal.badInput(key, location, "the worker does not trust the host's certificate");
            }
            throw e;
        }
    }

    private String resolve(URI from, String target) throws Refusal {
        try {
            return from.resolve(target).toString();
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(key, location, "its host redirects to " + target + ", which is no URI");
        }
    }

    /** Without a version the file is downloaded each time. */
    private static Optional<String> version(ClassicHttpResponse response) {
        for (String name : new String[] {HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED}) {
            Header header = response.getFirstHeader(name);
            if (header != null) {
                return Optional.of(name + " " + header.getValue());
            }
        }
        return Optional.empty();
    }

    private Refusal refusal(int status) {
        String answer = "its host answers with the status " + status;
        if (status >= HttpStatus.SC_INTERNAL_SERVER_ERROR
                || status == HttpStatus.SC_REQUEST_TIMEOUT
                || status == HttpStatus.SC_TOO_MANY_REQUESTS) {
            return Refusal.unavailable(key, location, answer);
        }
        return Refusal.badInput(key, location, answer);
    }

    private static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof javax.net.ssl.SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }
}
