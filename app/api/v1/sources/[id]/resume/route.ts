import { api } from "#server/http/api.ts";
import { resumeSource } from "#server/sources/source-routes.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: resumeSource });
