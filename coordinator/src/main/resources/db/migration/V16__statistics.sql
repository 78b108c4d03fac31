-- No plan depends on the statistics of documents, and comparing documents takes most of the analysis of a table.
alter table search alter column specification set statistics 0, alter column finding set statistics 0;
alter table trial
    alter column outcome set statistics 0,
    alter column conditions set statistics 0,
    alter column reused_from set statistics 0;
