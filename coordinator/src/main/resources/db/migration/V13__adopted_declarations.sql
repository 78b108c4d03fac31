-- adopted: callers made it and files declare it; it is theirs again when no file does.
-- leaving: no file declares it any more; it is removed when nothing uses it.
alter table declaration
    add column adopted boolean not null default false,
    add column leaving boolean not null default false;

-- What files had taken over before. The audit tells who created it last. Files wrote nothing there at first: where it
-- does not tell, a team with an entry by callers is theirs, as each of its keys and webhooks has one.
update declaration
set adopted = true
where owner = 'DEPLOYMENT'
  and coalesce(
    (select audit.caller <> 'declared files'
     from audit
     where audit.action = 'create ' || lower(declaration.kind)
       and audit.subject = declaration.name
       and (declaration.kind = 'POOL'
         or audit.team = case declaration.kind when 'TEAM' then declaration.name else declaration.team end)
     order by audit.id desc
     limit 1),
    declaration.kind = 'TEAM'
      and exists (select from audit where audit.team = declaration.name and audit.caller <> 'declared files'));
