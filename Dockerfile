# syntax=docker/dockerfile:1
# One image for all processes of Millrace: docker run millrace server | engine | sample-worker ...
# To be reached from outside the container, the server needs MILLRACE_HOST=0.0.0.0 and a way to know who calls: MILLRACE_TOKENS (see
# docker run millrace token create --help) or MILLRACE_OIDC_ISSUER. Without one it refuses to start.

FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
# The cache keeps what Maven has downloaded from one build to the next.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -DskipTests -Dspotless.check.skip=true -pl standalone -am package

# Alpine's C library does not run RocksDB, so an image with glibc.
FROM eclipse-temurin:21-jre
RUN useradd --system --create-home millrace \
    && mkdir -p /var/lib/millrace \
    && chown millrace /var/lib/millrace
WORKDIR /opt/millrace
COPY --from=build /src/standalone/target/lib lib
COPY --from=build /src/standalone/target/millrace-standalone-*.jar lib/
USER millrace
EXPOSE 7070
ENV MILLRACE_JAVA_OPTS="-XX:MaxRAMPercentage=60"
# exec, so that Java gets the signal of `docker stop`.
ENTRYPOINT ["sh", "-c", "exec java $MILLRACE_JAVA_OPTS -XX:+UseParallelGC -Dorg.apache.avro.specific.use_custom_coders=true -cp '/opt/millrace/lib/*' io.millrace.standalone.Main \"$@\"", "millrace"]
CMD ["--help"]
