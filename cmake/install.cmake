# An installed copy is found by find_package(verbale) and linked as verbale::query, verbale::extract,
# verbale::graph.
include(CMakePackageConfigHelpers)

install(TARGETS verbale_graph verbale_extract verbale_query EXPORT verbale-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS verbale RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES graph/graph.h graph/view.h graph/error.h graph/span.h graph/ids.h graph/value.h
              graph/temporal.h graph/fact.h graph/import.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/verbale/graph)
install(FILES extract/extract.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/verbale/extract)
install(FILES query/query.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/verbale/query)
install(DIRECTORY data/packs data/queries DESTINATION ${CMAKE_INSTALL_DATADIR}/verbale)
install(EXPORT verbale-targets NAMESPACE verbale:: FILE verbale-targets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/verbale)
configure_package_config_file(cmake/verbale-config.cmake.in verbale-config.cmake
        INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/verbale)
write_basic_package_version_file(verbale-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/verbale-config.cmake ${CMAKE_BINARY_DIR}/verbale-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/verbale)
